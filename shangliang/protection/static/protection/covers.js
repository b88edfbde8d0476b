/* Drag a rectangle instead of pressing two corners. The page works without this file. */
(function () {
  'use strict';
  var box = document.querySelector('[data-cover]');
  var places = document.querySelector('[data-places]');
  if (!box || !places || !window.PointerEvent) { return; }
  var picture = box.querySelector('input[type=image]');
  var shade = box.querySelector('[data-drag]');
  var note = document.querySelector('[data-drag-note]');
  var begun = null;
  var dragged = false;
  if (note) { note.hidden = false; }

  function spot(event) {
    var edge = picture.getBoundingClientRect();
    return {
      x: Math.max(0, Math.min(1000, Math.round((event.clientX - edge.left) * 1000 / edge.width))),
      y: Math.max(0, Math.min(1000, Math.round((event.clientY - edge.top) * 1000 / edge.height)))
    };
  }
  function between(a, b) {
    return { left: Math.min(a.x, b.x), top: Math.min(a.y, b.y), width: Math.abs(a.x - b.x), height: Math.abs(a.y - b.y) };
  }
  function draw(place) {
    shade.style.left = place.left * picture.width / 1000 + 'px';
    shade.style.top = place.top * picture.height / 1000 + 'px';
    shade.style.width = place.width * picture.width / 1000 + 'px';
    shade.style.height = place.height * picture.height / 1000 + 'px';
    shade.hidden = false;
  }
  picture.addEventListener('pointerdown', function (event) {
    if (event.pointerType === 'touch' || event.button !== 0) { return; }
    begun = spot(event);
    dragged = false;
    event.preventDefault();
    picture.setPointerCapture(event.pointerId);
  });
  picture.addEventListener('pointermove', function (event) {
    if (!begun) { return; }
    var place = between(begun, spot(event));
    dragged = dragged || place.width > 8 || place.height > 8;
    if (dragged) { draw(place); }
  });
  picture.addEventListener('pointerup', function (event) {
    if (!begun) { return; }
    var place = between(begun, spot(event));
    begun = null;
    if (!dragged) { return; }
    places.value += (places.value ? ';' : '') + [place.left, place.top, place.width, place.height].join(',');
    picture.form.elements.corner.value = '';
    picture.form.submit();
  });
  picture.addEventListener('click', function (event) { if (dragged) { event.preventDefault(); } });
}());
