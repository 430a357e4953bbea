// What is wrong with the page as it stands: sticking out, small letters, parts over one another, text cut off?
(least) => {
  const wrong = [];
  const away = ".visually-hidden, dialog, .tb-skip, [hidden]";
  const seen = (e) => e.checkVisibility() && !e.closest(away);
  const page = document.documentElement;
  if (page.scrollHeight > innerHeight) wrong.push(`${page.scrollHeight - innerHeight} px too high`);
  if (page.scrollWidth > innerWidth) wrong.push(`${page.scrollWidth - innerWidth} px too wide`);

  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walk.nextNode()) {
    const words = walk.currentNode.data.trim();
    const e = walk.currentNode.parentElement;
    if (!words || !seen(e) || e.closest("title, desc, option, script, style")) continue;
    const scale = e.ownerSVGElement ? e.getScreenCTM().a : 1;
    const size = parseFloat(getComputedStyle(e).fontSize) * scale;
    if (size < least - 0.1) wrong.push(`${size.toFixed(1)} px: ${words.slice(0, 40)}`);
  }

  const cards = ".lv-lines, .lv-map, .lv-op, .lv-last, .lv-dec, .lv-saying, .lv-keys";
  const parts = [...document.querySelectorAll(`.lv-top > *, .lv-top .end > *, .lv-q > *, ${cards}`)].filter(seen);
  const box = (e) => e.getBoundingClientRect();
  for (const [i, a] of parts.entries()) {
    for (const b of parts.slice(i + 1)) {
      if (a.contains(b)) continue;
      const wide = Math.min(box(a).right, box(b).right) - Math.max(box(a).left, box(b).left);
      const high = Math.min(box(a).bottom, box(b).bottom) - Math.max(box(a).top, box(b).top);
      if (wide > 1 && high > 1) wrong.push(`${a.className} over ${b.className}`);
    }
    if (box(a).bottom > innerHeight + 1) wrong.push(`${a.className} below the screen`);
  }

  for (const e of document.querySelectorAll(`.ask, .tb-wish, .lv-line, .lv-op ul, ${cards}`)) {
    const cut = e.scrollHeight - e.clientHeight;
    if (seen(e) && cut > 2) wrong.push(`${e.className || e.tagName}: ${cut} px cut off`);
  }
  return wrong;
}
