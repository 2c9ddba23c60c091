/** The few icons of the page, drawn once and used by reference. */
import { verbatim } from './markup.ts'

const symbol = (id: string, body: string): string =>
  `<symbol id="i-${id}" viewBox="0 0 16 16" fill="none" stroke="currentColor" stroke-width="1.6" stroke-linecap="round" stroke-linejoin="round">${body}</symbol>`

const body = '<rect x="3" y="7" width="10" height="7" rx="1.5"/>'

export const icons = verbatim(
  `<svg width="0" height="0" class="defs" aria-hidden="true">${[
    symbol('lock', `${body}<path d="M5 7V5a3 3 0 0 1 6 0v2"/>`),
    symbol('open', `${body}<path d="M5 7V5a3 3 0 0 1 5.8-1"/>`),
    symbol('weak', `${body}<path d="M5 7V5a3 3 0 0 1 6 0v2M8 7l-1 2.5 2 1.5-1 3"/>`),
    symbol('key', '<circle cx="5" cy="8" r="2.5"/><path d="M7.5 8H14M12 8v2.5"/>'),
    symbol('cross', '<path d="m4 4 8 8M12 4l-8 8"/>'),
    symbol('ask', '<path d="M5.5 6a2.5 2.5 0 1 1 3.6 2.2c-.7.4-1.1.8-1.100 1.600M8 12.5v.1"/>'),
  ].join('')}</svg>`,
)
