// Filter, search, copy and open all: conveniences on a page that is complete without them.
;(() => {
  const form = document.getElementById('tools')
  const items = [...document.querySelectorAll('[data-item]')]
  const texts = new Map()

  const textOf = item => {
    if (!texts.has(item)) texts.set(item, item.textContent.toLowerCase())
    return texts.get(item)
  }

  const wanted = data => ({
    words: String(data.get('q') ?? '')
      .toLowerCase()
      .split(/\s+/)
      .filter(Boolean),
    account: data.get('account') ?? '',
    severity: new Set(data.getAll('severity')),
    verdict: new Set(data.getAll('verdict')),
    allVerdicts: form.querySelectorAll('[name=verdict]').length === data.getAll('verdict').length,
  })

  const shows = (item, want) => {
    const { item: kind, severity, verdict, account } = item.dataset
    if (want.account && account !== want.account) return false
    if (kind === 'finding' && !want.severity.has(severity)) return false
    if (verdict ? !want.verdict.has(verdict) : !want.allVerdicts) return false
    return want.words.every(word => textOf(item).includes(word))
  }

  const tell = kind => {
    const all = items.filter(item => item.dataset.item === kind)
    const shown = all.filter(item => !item.hidden).length
    return `${shown} of ${all.length} ${kind}${all.length === 1 ? '' : 's'}`
  }

  const apply = () => {
    const want = wanted(new FormData(form))
    for (const item of items) item.hidden = !shows(item, want)
    const kinds = items.some(item => item.dataset.item === 'link') ? ['finding', 'link'] : ['finding']
    document.getElementById('status').textContent = `Showing ${kinds.map(tell).join(', ')}`
  }

  const openAt = hash => {
    const place = hash.length > 1 ? document.getElementById(hash.slice(1)) : null
    if (!place) return
    place.hidden = false
    const details = place.querySelector('details')
    if (details) details.open = true
    place.scrollIntoView()
  }

  const folds = () => document.querySelectorAll('main details')

  const unfold = button => {
    const open = button.textContent === 'Open all'
    for (const details of folds()) details.open = open
    button.textContent = open ? 'Close all' : 'Open all'
  }

  const copy = async (button, code) => {
    try {
      await navigator.clipboard.writeText(code.textContent)
      button.textContent = 'Copied'
    } catch {
      // Not allowed here: leave the text selected, so that the usual key copies it.
      getSelection().selectAllChildren(code)
      button.textContent = 'Selected'
    }
    setTimeout(() => {
      button.textContent = 'Copy'
    }, 1500)
  }

  for (const block of document.querySelectorAll('.cmd, .card .md pre')) {
    const button = document.createElement('button')
    button.type = 'button'
    button.className = 'copy'
    button.textContent = 'Copy'
    button.addEventListener('click', () => copy(button, block.querySelector('code')))
    block.append(button)
  }

  form.addEventListener('input', apply)
  form.addEventListener('submit', event => event.preventDefault())
  form.addEventListener('reset', () => setTimeout(apply))
  document.getElementById('unfold').addEventListener('click', event => unfold(event.currentTarget))
  addEventListener('hashchange', () => openAt(location.hash))
  addEventListener('beforeprint', () => {
    for (const details of document.querySelectorAll('.card > details')) details.open = true
  })
  // A class, because `:has()` would be asked again for each of thousands of filtered items.
  document.documentElement.classList.add('js')
  form.hidden = items.length === 0
  apply()
  openAt(location.hash)
})()
