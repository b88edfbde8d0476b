/* The receipt page alone, after resident.js. ES5, for Chromium 66. Sentences come from data-…. */
(function () {
  'use strict';
  var doc = document;
  function all(selector, from) { return [].slice.call((from || doc).querySelectorAll(selector)); }

  /* The receipt as a picture to press long: [data-save-image="#receipt"], its [data-line] texts and .qr. */
  function wrapped(pen, text, width) {
    var lines = [], line = '';
    text.split('').forEach(function (letter) {
      if (letter === '\n' || pen.measureText(line + letter).width > width) { lines.push(line); line = letter === '\n' ? '' : letter; }
      else { line += letter; }
    });
    return lines.concat(line ? [line] : []);
  }
  function paint(slip, square, done) {
    var canvas = doc.createElement('canvas'), pen = canvas.getContext('2d'), rows = [], height = 50;
    all('[data-line]', slip).forEach(function (part) {
      var big = part.getAttribute('data-line') === 'big', size = big ? 44 : 28;
      pen.font = size + 'px sans-serif';
      wrapped(pen, part.innerText.trim(), 620).forEach(function (line) { rows.push([line, size]); height += size * 1.6; });
      height += 14; rows.push(['', 14]);
    });
    canvas.width = 720; canvas.height = height + (square ? 340 : 0) + 30;
    pen.fillStyle = '#fff'; pen.fillRect(0, 0, canvas.width, canvas.height);
    pen.fillStyle = '#23252b';
    var y = 30;
    rows.forEach(function (row) {
      if (!row[0]) { y += row[1]; return; }
      y += row[1] * 1.6; pen.font = row[1] + 'px sans-serif'; pen.fillText(row[0], 50, y);
    });
    if (square) { pen.imageSmoothingEnabled = false; pen.drawImage(square, 50, y + 30, 300, 300); }
    done(canvas.toDataURL('image/png'));
  }
  function add(name, to) { return to.appendChild(doc.createElement(name)); }
  function show(url, button) {
    var cover = add('div', doc.body), note = add('p', cover), image = add('img', cover), close = add('button', cover);
    cover.className = 'overlay'; cover.setAttribute('role', 'dialog'); cover.setAttribute('aria-modal', 'true');
    note.textContent = button.getAttribute('data-note') || '';
    image.src = url; image.alt = button.textContent.trim();
    close.className = 'btn btn-line btn-big mt-3'; close.type = 'button'; close.textContent = button.getAttribute('data-close') || '×';
    close.addEventListener('click', function () { doc.body.removeChild(cover); button.focus(); });
    close.focus();
  }
  all('[data-save-image]').forEach(function (button) {
    var slip = doc.querySelector(button.getAttribute('data-save-image'));
    if (!slip || !doc.createElement('canvas').getContext) { return; }
    button.hidden = false;
    button.addEventListener('click', function () {
      var code = slip.querySelector('svg.qr, img.qr'), done = function (url) { show(url, button); };
      if (!code) { paint(slip, null, done); return; }
      var image = new Image(), copy;
      image.onload = function () { paint(slip, image, done); };
      image.onerror = function () { paint(slip, null, done); };
      if (code.tagName === 'IMG') { image.src = code.src; return; }
      copy = code.cloneNode(true);
      copy.setAttribute('xmlns', 'http://www.w3.org/2000/svg');
      copy.setAttribute('width', '600'); copy.setAttribute('height', '600');
      image.src = 'data:image/svg+xml;charset=utf-8,' + encodeURIComponent(new XMLSerializer().serializeToString(copy));
    });
  });

  /* The code comes behind #, which no server sees; into [data-code-from-hash] and out of the address at once. */
  var place = doc.querySelector('[data-code-from-hash]'), code = '';
  if (place && location.hash.length > 10) {
    try { code = decodeURIComponent(location.hash.slice(1)); } catch (e) { code = ''; }
    if (window.history.replaceState) { history.replaceState(null, '', location.pathname + location.search); }
    if (/^[0-9A-Za-z\u4e00-\u9fff \-]{10,40}$/.test(code)) { place.value = code; }
  }
})();
