/** Keeps a long list light: the first items in full, later ones in shorter forms. */
import type { Html } from './markup.ts'

/** A form is used while the list so far has fewer than `upTo` characters; the last one always. */
export interface Form<T> {
  readonly upTo: number
  readonly render: (item: T, index: number) => Html
}

export const withinWeight = <T>(items: readonly T[], forms: readonly Form<T>[]): readonly Html[] => {
  let weight = 0
  return items.map((item, index) => {
    const form = forms.find(f => weight < f.upTo) ?? forms.at(-1)
    if (form === undefined) throw new TypeError('a list needs at least one form')
    const made = form.render(item, index)
    weight += made.length
    return made
  })
}
