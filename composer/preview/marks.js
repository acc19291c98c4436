// Where a part of the mail stands: every part lies between two comments that no reader sees. A frame is drawn around
// it from outside, so that the mail itself stays as it is.

const SIDE = (side, part) => `[if zb-${side}-${part}]><![endif]`;

function around(held, part) {
  const comments = held.createTreeWalker(held, NodeFilter.SHOW_COMMENT);
  const range = held.createRange();
  let found = false;
  for (let node = comments.nextNode(); node; node = comments.nextNode()) {
    if (node.data === SIDE("open", part)) {
      range.setStartAfter(node);
      found = true;
    } else if (found && node.data === SIDE("close", part)) {
      range.setEndBefore(node);
      return range.getBoundingClientRect();
    }
  }
  return null;
}

export const wanted = () => /^#part-(\w+)$/.exec(location.hash)?.[1] ?? "";

// Draw the frame anew in one paper; return the frame, or nothing where the part is not in it.
export function spot(frame) {
  const paper = frame.parentElement;
  paper.querySelector(".spot")?.remove();
  const part = wanted();
  const held = frame.contentDocument;
  if (!part || !frame.clientWidth || !held?.documentElement) return null;
  const box = around(held, part);
  if (!box?.height) return null;
  const scale = frame.getBoundingClientRect().width / held.documentElement.clientWidth; // 2 at 200 %
  const spotted = document.createElement("div");
  spotted.className = "spot";
  paper.append(spotted);
  spotted.style.top = `${frame.getBoundingClientRect().top - paper.getBoundingClientRect().top + box.top * scale}px`;
  spotted.style.left = `${box.left * scale}px`;
  spotted.style.width = `${box.width * scale}px`;
  spotted.style.height = `${box.height * scale}px`;
  return spotted;
}
