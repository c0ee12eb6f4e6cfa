// Optional, on every page: the paper. Nothing on a page needs it to be read.
(() => {
  const d = document, root = d.documentElement

  // paper: follow the system until told otherwise
  const paper = d.querySelector('.paper'), dark = matchMedia('(prefers-color-scheme:dark)')
  const store = v => { try { return v ? localStorage.setItem('paper', v) : localStorage.getItem('paper') } catch { return null } }
  if (store()) root.dataset.theme = store()
  if (paper) {
    const now = () => root.dataset.theme || (dark.matches ? 'dark' : 'light')
    const say = () => paper.textContent = now() == 'dark' ? paper.dataset.light : paper.dataset.dark
    paper.hidden = false
    paper.onclick = () => { store(root.dataset.theme = now() == 'dark' ? 'light' : 'dark'); say() }
    dark.addEventListener('change', say)
    say()
  }
})()
