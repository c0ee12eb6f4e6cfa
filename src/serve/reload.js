// Keeps a page of the preview in step with the edition. Only `ibid serve` adds it; no published page has it.
(() => {
  const own = document.currentScript.src, tag = 'ibid-findings'
  const get = address => fetch(address, { cache: 'no-store' })
  const tree = async answer => new DOMParser().parseFromString(await answer.text(), 'text/html')
  const parse = async () => {
    const answer = await get(location.href)
    return answer.ok || answer.status == 404 ? tree(answer) : null
  }
  const base = () => document.querySelector('link[rel=stylesheet][href*="theme/"]')
  let shown = null, busy = Promise.resolve()

  // Where reader and note are, over a load of the whole page.
  const key = 'ibid-place'
  const openNote = () => document.querySelector('.note:popover-open')?.id
  const reload = () => {
    try { sessionStorage.setItem(key, JSON.stringify([location.pathname, anchor(), openNote()])) } catch { /* no storage: the place is lost */ }
    history.scrollRestoration = 'manual'
    location.reload()
  }
  const place = () => {
    let was
    try { was = JSON.parse(sessionStorage.getItem(key)); sessionStorage.removeItem(key) } catch { return }
    // Not at once: the browser would still go to the place it remembers.
    setTimeout(() => { history.scrollRestoration = 'auto' }, 1000)
    if (!was || was[0] != location.pathname) return
    keep(was[1])
    if (was[2]) document.querySelector(`[popovertarget="${CSS.escape(was[2])}"]:not([popovertargetaction])`)?.click()
  }

  // What changed between two texts of the page is changed in the page; all else, an open note too, is left alone.
  const stateful = new Set(['hidden', 'open'])
  const same = (a, b) => a.nodeType == b.nodeType && a.nodeName == b.nodeName && (a.id || '') == (b.id || '')
  const attributes = (was, now, live) => {
    for (const { name } of was.attributes) if (!now.hasAttribute(name)) live.removeAttribute(name)
    for (const { name, value } of now.attributes) if (was.getAttribute(name) != value && !stateful.has(name)) live.setAttribute(name, value)
  }
  const plan = (was, now, live, acts) => {
    if (was.isEqualNode(now)) return true
    if (was.nodeType != 1) { acts.push(() => { live.data = now.data }); return true }
    acts.push(() => attributes(was, now, live))
    const a = [...was.childNodes], b = [...now.childNodes], c = [...live.childNodes]
    if (a.length != c.length) return false
    let from = 0, end = 0
    while (from < Math.min(a.length, b.length) && a[from].isEqualNode(b[from])) from++
    while (end < Math.min(a.length, b.length) - from && a[a.length - 1 - end].isEqualNode(b[b.length - 1 - end])) end++
    const olds = a.slice(from, a.length - end), news = b.slice(from, b.length - end), lives = c.slice(from, c.length - end)
    if (olds.length == news.length && olds.every((old, i) => same(old, news[i]))) return olds.every((old, i) => plan(old, news[i], lives[i], acts))
    // Parts that come or go: only where nothing in them waits for the page's own script.
    const bound = n => n.nodeType == 1 && (n.matches('.note,.fn,button,script,link,style') || n.querySelector('.note,button,script,link,style'))
    if ([...olds, ...news].some(bound)) return false
    const before = c[c.length - end] ?? null
    acts.push(() => { lives.forEach(n => n.remove()); news.forEach(n => live.insertBefore(document.importNode(n, true), before)) })
    return true
  }
  const swap = async () => {
    const now = await parse()
    if (!now) return
    const acts = []
    const head = d => d.head.innerHTML.replace(/<title>.*?<\/title>|<(meta|link rel="(canonical|alternate)")[^>]*>/gs, '').trim()
    if (!shown || head(shown) != head(now) || !plan(shown.body, now.body, document.body, acts)) return reload()
    const at = anchor()
    acts.forEach(act => act())
    document.title = now.title
    document.documentElement.lang = now.documentElement.lang
    shown = now
    keep(at)
    dispatchEvent(new Event('resize'))
  }
  // The first paragraph in view stays where it is on the screen. Numbers of paragraphs change when one is added; words seldom do.
  const words = node => {
    const copy = node.cloneNode(true)
    copy.querySelectorAll('a[href^="#"]').forEach(one => one.remove())
    return copy.textContent.replace(/\s+/g, ' ').trim().slice(0, 200)
  }
  const places = () => document.querySelectorAll('main [id]')
  const anchor = () => {
    for (const node of places()) {
      const { top, height } = node.getBoundingClientRect()
      if (top >= 0 && top < innerHeight && height < innerHeight && words(node).length > 15) return { id: node.id, words: words(node), top }
    }
  }
  const keep = at => {
    if (!at) return
    const node = [...places()].find(one => words(one) == at.words) ?? document.getElementById(at.id)
    if (node) scrollBy({ top: node.getBoundingClientRect().top - at.top, behavior: 'instant' })
  }
  const styles = build => {
    for (const link of document.querySelectorAll('link[rel=stylesheet]')) {
      const next = link.cloneNode(), url = new URL(link.href)
      url.searchParams.set('build', build)
      next.href = url.href
      next.onload = () => link.remove()
      link.after(next)
    }
  }

  const findings = text => {
    document.querySelector(tag)?.remove()
    if (!text) return
    const host = document.createElement(tag), root = host.attachShadow({ mode: 'open' })
    root.innerHTML = `<style>
      div{position:fixed;inset:auto 0 0 0;max-height:60vh;overflow:auto;z-index:2147483647;background:#1b1816;color:#f1eadf;border-top:3px solid #d0604c;
        font:14px/1.5 ui-monospace,Menlo,Consolas,monospace;padding:1rem 1.2rem}
      p{font:600 15px/1.4 system-ui,sans-serif;margin:0 2.5rem .6rem 0}pre{margin:0;white-space:pre-wrap;overflow-wrap:anywhere}
      button{position:absolute;top:.5rem;right:.7rem;width:2.2rem;height:2.2rem;font-size:1.3rem;background:none;border:0;color:inherit;cursor:pointer}</style>
      <div role="alert"><p>The edition has errors and cannot be published like this. Where a page cannot be made, you see it as it last was.</p><button type="button" aria-label="Close">×</button><pre></pre></div>`
    root.querySelector('pre').textContent = text
    root.querySelector('button').onclick = () => host.remove()
    document.documentElement.append(host)
  }

  // The site's top is what the page's own links say it is.
  const top = () => new URL(base()?.getAttribute('href').replace(/theme\/.*$/, '') || './', location.href)
  // Only the preview has the state of the work, so the link to it is none of the page's bytes, which are those that are published.
  const lead = async () => {
    const foot = document.querySelector('footer'), to = new URL('review.html', top()), answer = await get(to)
    const title = answer.ok && (await tree(answer)).querySelector('main h1')?.textContent
    if (!foot || !title) return
    const link = Object.assign(document.createElement('a'), { href: to.href, textContent: title })
    foot.insertBefore(link, foot.querySelector('button'))
    link.after(' ')
  }
  const here = () => {
    const inside = decodeURIComponent(location.pathname.slice(top().pathname.length))
    return [inside, inside + '.html', inside.replace(/\/$/, '') + '/index.html', (inside || '') + 'index.html'].map(path => path.replace(/^\//, ''))
  }
  let last = 0
  const hear = async message => {
    const { build, changed, findings: text } = JSON.parse(message.data)
    findings(text)
    const missed = build != last + 1
    last = build
    if (text) return
    const mine = here()
    if (changed.some(path => /^theme\/.*\.js$/.test(path) || /^theme\/fonts\//.test(path))) return reload()
    if (changed.some(path => /^theme\/.*\.css$/.test(path))) styles(build)
    if (changed.some(path => /^media\//.test(path))) return reload()
    // After a pause of the connection nobody knows what was missed; a look at the page tells.
    if (missed || changed.some(path => mine.includes(path))) await swap()
  }
  const begin = async () => {
    place()
    shown = await parse()
    new EventSource(new URL('changes', own)).onmessage = message => { busy = busy.then(() => hear(message)).catch(reload).then(() => { window.ibidBuild = last }) }
    await lead()
  }
  if (document.readyState == 'complete') begin()
  else addEventListener('load', begin)
})()
