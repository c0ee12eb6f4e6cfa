// Optional, on pages with notes or citations: hover, one note at a time, copying. Nothing on a page needs it to be read.
(() => {
  const d = document, root = d.documentElement, all = s => [...d.querySelectorAll(s)]
  const noteOf = b => d.getElementById(b.getAttribute('popovertarget'))
  const isOpen = n => n.matches(':popover-open')
  const inView = e => { const r = e.getBoundingClientRect(); return r.bottom > 40 && r.top < innerHeight - 40 }

  // copy the open citation
  for (const b of all('button.copy')) {
    const say = b.textContent
    b.hidden = false
    b.onclick = async () => {
      const c = d.querySelector('.cite [open] .c')
      if (!c) return
      try { await navigator.clipboard.writeText(c.textContent.trim()) }
      catch { getSelection().selectAllChildren(c); d.execCommand('copy') }
      b.textContent = b.dataset.done
      setTimeout(() => b.textContent = say, 2000)
    }
  }

  if (!('popover' in root)) return
  let by, peek, self, timer
  const close = n => n && isOpen(n) && n.hidePopover()
  const shown = () => all('.note:popover-open')
  const after = (ms, f) => { clearTimeout(timer); timer = setTimeout(f, ms) }

  for (const n of all('.note')) {
    n.addEventListener('beforetoggle', e => {
      const open = e.newState == 'open', li = n.parentNode
      li.style.height = open ? li.offsetHeight + 'px' : ''
      if (!open) { n.by?.classList.remove('on'); if (peek == n) peek = null }
    })
    n.addEventListener('toggle', e => { if (e.newState == 'open' && by) (n.by = by).classList.add('on') })
    n.addEventListener('pointerenter', () => clearTimeout(timer))
    n.addEventListener('pointerleave', () => peek == n && after(300, () => close(peek)))
  }
  for (const b of all('.r button, .more')) {
    const n = noteOf(b)
    b.addEventListener('click', e => {
      if (self) return by = b
      if (isOpen(n) && n.by == b && peek == n) { e.preventDefault(); peek = null }
      else if (isOpen(n) && n.by != b) close(n)
      by = b
      clearTimeout(timer)
    })
    if (b.className == 'more') continue
    b.addEventListener('pointerenter', e => {
      if (e.pointerType != 'mouse') return
      if (peek == n) return clearTimeout(timer)
      after(250, () => {
        if (isOpen(n) || shown().some(o => o != peek && !o.contains(b))) return
        self = 1; b.click(); self = 0
        peek = n
      })
    })
    b.addEventListener('pointerleave', () => peek == n ? after(300, () => close(peek)) : clearTimeout(timer))
  }
  d.addEventListener('focusin', e => shown().forEach(n => n.contains(e.target) || n.by == e.target || close(n)))
  addEventListener('beforeprint', () => shown().forEach(close))

  // a jump to what is in view already would only lose the reader's place
  d.addEventListener('click', e => {
    const a = e.target.closest('.r a, .b, .b2')
    if (!a) return
    const to = d.getElementById(a.hash.slice(1)), n = a.closest('.note')
    if (n && isOpen(n)) { close(n); to?.querySelector('button')?.focus({ preventScroll: true }) }
    if (!to || !inView(to)) return
    e.preventDefault()
    all('.now').forEach(x => x.classList.remove('now'))
    to.classList.add('now')
    if (a.className[0] == 'b') to.querySelector('a')?.focus({ preventScroll: true })
  })

  // side notes, where an engine does not chain them
  const apart = () => {
    let low = -1e9
    for (const f of all('.fn')) {
      f.style.marginTop = ''
      if (getComputedStyle(f).position != 'absolute') continue
      const r = f.getBoundingClientRect(), gap = low + 8 - r.top
      if (gap > 4) f.style.marginTop = gap + 'px'
      low = r.bottom + (gap > 4 ? gap : 0)
    }
  }
  d.fonts?.ready.then(apart)
  addEventListener('resize', apart)
})()
