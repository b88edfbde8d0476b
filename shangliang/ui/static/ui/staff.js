/* Staff pages. Everything works without this file. Sentences come from the page (data-…). */
(function () {
  'use strict';
  var doc = document;
  function all(selector, from) { return [].slice.call((from || doc).querySelectorAll(selector)); }
  function words(name) { return doc.body.getAttribute('data-' + name) || ''; }
  function visible(part) { return !!(part.offsetWidth || part.offsetHeight) && !part.disabled; }

  /* 1. Keys: [data-key=J] is pressed by that key unless somebody is typing; [data-keys-switch] turns them off on this browser. */
  function keysOff() { try { return localStorage.getItem('keys') === 'off'; } catch (e) { return false; } }
  function typing(target) {
    return target.isContentEditable || /^(TEXTAREA|SELECT)$/.test(target.tagName) ||
      (target.tagName === 'INPUT' && !/^(checkbox|radio|button|submit)$/.test(target.type));
  }
  doc.addEventListener('keydown', function (event) {
    if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing || event.repeat || event.key.length !== 1) { return; }
    if (typing(event.target) || keysOff() || doc.querySelector('dialog[open]')) { return; }
    var wanted = event.key.toUpperCase();
    var found = all('[data-key]').filter(function (part) { return part.getAttribute('data-key').toUpperCase() === wanted && visible(part); })[0];
    if (found) { event.preventDefault(); found.click(); }
  });
  /* Inside [data-queue]: arrows walk along the links, the blank ticks the line; L leads there from anywhere. */
  function lineOf(link) { while (link && link.tagName !== 'LI') { link = link.parentNode; } return link; }
  doc.addEventListener('keydown', function (event) {
    if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing || keysOff() || doc.querySelector('dialog[open]')) { return; }
    var queue = doc.querySelector('[data-queue]'), links = queue ? all('a', queue) : [], at = links.indexOf(event.target);
    if (!queue) { return; }
    if (at < 0) {
      if (event.key.toUpperCase() === 'L' && !event.repeat && !typing(event.target)) { event.preventDefault(); (queue.querySelector('[aria-current] a') || links[0]).focus(); }
      return;
    }
    var way = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (way) { event.preventDefault(); if (links[at + way]) { links[at + way].focus(); } }
    if (event.key === ' ' && !event.repeat) { event.preventDefault(); lineOf(event.target).querySelector('input').click(); }
  });
  all('[data-keys-switch]').forEach(function (box) {
    box.checked = !keysOff();
    box.addEventListener('change', function () { try { localStorage.setItem('keys', box.checked ? 'on' : 'off'); } catch (e) { /* not remembered */ } });
  });

  /* 2. Asking first: data-confirm on a form or a button, and hx-confirm. */
  function ask(question, yes) {
    var box = doc.createElement('dialog');
    if (!box.showModal) { if (window.confirm(question)) { yes(); } return; }
    var text = doc.createElement('p'), row = doc.createElement('div'), go = doc.createElement('button'), stay = doc.createElement('button');
    box.className = 'ask'; text.textContent = question;
    text.id = 'ask-words'; box.setAttribute('aria-labelledby', 'ask-words');
    go.className = 'btn btn-main me-2'; stay.className = 'btn btn-line'; go.type = stay.type = 'button';
    go.textContent = words('yes'); stay.textContent = words('no');
    go.addEventListener('click', function () { box.close(); yes(); });
    stay.addEventListener('click', function () { box.close(); });
    box.addEventListener('close', function () { doc.body.removeChild(box); });
    row.appendChild(go); row.appendChild(stay); box.appendChild(text); box.appendChild(row);
    doc.body.appendChild(box); box.showModal(); stay.focus();
  }
  function sendAgain(form, button) {
    form.setAttribute('data-asked', '');
    if (form.requestSubmit) { form.requestSubmit(button || undefined); return; }
    if (button && button.name) {
      var held = doc.createElement('input');
      held.type = 'hidden'; held.name = button.name; held.value = button.value; form.appendChild(held);
    }
    form.submit();
  }
  var pressed = null;
  doc.addEventListener('click', function (event) { pressed = event.target.closest ? event.target.closest('button,input[type=submit]') : null; }, true);
  doc.addEventListener('submit', function (event) {
    var form = event.target, button = event.submitter || (pressed && pressed.form === form ? pressed : null);
    var question = (button && button.getAttribute('data-confirm')) || form.getAttribute('data-confirm');
    if (question && !form.hasAttribute('data-asked')) {
      event.preventDefault(); event.stopImmediatePropagation();
      ask(question, function () { sendAgain(form, button); });
      return;
    }
    form.removeAttribute('data-asked');
    if ((form.getAttribute('method') || '').toLowerCase() !== 'post' || form.getAttribute('hx-post')) { return; }
    if (form.hasAttribute('data-sent')) { event.preventDefault(); return; }
    form.setAttribute('data-sent', '');
    setTimeout(function () { form.removeAttribute('data-sent'); }, 8000);
  }, true);
  doc.addEventListener('htmx:confirm', function (event) {
    if (!event.detail.question) { return; }
    event.preventDefault();
    ask(event.detail.question, function () { event.detail.issueRequest(true); });
  });

  /* 3. Many at once: form[data-bulk] counts its ticked boxes; the bar shows only when something is ticked. */
  function count(form) {
    var boxes = all('input[type=checkbox]:not([data-bulk-all])', form), ticked = boxes.filter(function (box) { return box.checked; }).length;
    all('[data-bulk-count]', form).forEach(function (place) { place.textContent = ticked; });
    all('[data-bulk-bar]', form).forEach(function (bar) { bar.hidden = !ticked; });
    all('[data-bulk-all]', form).forEach(function (box) { box.checked = ticked && ticked === boxes.length; box.indeterminate = ticked && ticked < boxes.length; });
  }
  doc.addEventListener('change', function (event) {
    var form = event.target.closest ? event.target.closest('form[data-bulk]') : null;
    if (!form) { return; }
    if (event.target.hasAttribute('data-bulk-all')) {
      all('input[type=checkbox]:not([data-bulk-all])', form).forEach(function (box) { box.checked = event.target.checked; });
    }
    count(form);
  });

  /* 4. Undo: [data-undo=10] counts down and goes. */
  function countDown(box) {
    var left = parseInt(box.getAttribute('data-undo'), 10) || 10, place = box.querySelector('[data-undo-left]');
    if (box.hasAttribute('data-counting')) { return; }
    box.setAttribute('data-counting', '');
    var timer = setInterval(function () {
      left -= 1;
      if (place) { place.textContent = left; }
      if (left <= 0) { clearInterval(timer); box.hidden = true; }
    }, 1000);
    if (place) { place.textContent = left; }
  }

  function ready(from) {
    all('form[data-bulk]', from).forEach(count);
    all('[data-undo]', from).forEach(countDown);
    all('[data-print]', from).forEach(function (button) { button.hidden = false; });
    var summary = from.querySelector('[data-focus]');
    if (summary) { summary.focus(); }
  }
  /* [data-first]: a form reached by a key begins in its first field, behind what stands there already. */
  function begin(part) {
    var field = all('input,textarea,select,button[type=submit]', part).filter(function (one) { return one.type !== 'hidden' && visible(one); })[0];
    if (!field) { return; }
    field.focus();
    if (field.tagName === 'TEXTAREA' || field.type === 'text') { field.setSelectionRange(field.value.length, field.value.length); }
  }
  doc.addEventListener('keydown', function (event) {
    if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey) || event.repeat || event.isComposing || event.target.tagName !== 'TEXTAREA' || keysOff()) { return; }
    var button = event.target.form && event.target.form.querySelector('button[type=submit]');
    if (button) { event.preventDefault(); button.click(); }
  });
  doc.addEventListener('click', function (event) {
    var button = event.target.closest ? event.target.closest('[data-print]') : null;
    if (button) { window.print(); }
    all('details.fold[open]').forEach(function (fold) { if (!fold.contains(event.target)) { fold.open = false; } });
  });
  doc.addEventListener('keydown', function (event) {
    if (event.key === 'Escape') { all('details.fold[open]').forEach(function (fold) { fold.open = false; fold.querySelector('summary').focus(); }); }
  });

  /* 5. HTMX: say when it did not get through; go on with what came. */
  function trouble(seen) { all('[data-net-error]').forEach(function (box) { box.hidden = !seen; if (seen && box.scrollIntoView) { box.scrollIntoView(); } }); }
  ['htmx:sendError', 'htmx:responseError', 'htmx:timeout'].forEach(function (name) { doc.addEventListener(name, function () { trouble(true); }); });
  doc.addEventListener('htmx:beforeRequest', function () { trouble(false); });
  doc.addEventListener('htmx:afterSettle', function (event) { ready(event.detail.elt.parentNode || doc); });
  ready(doc);
  if (doc.querySelector('[data-first]') && !doc.querySelector('[data-focus]')) { begin(doc.querySelector('[data-first]')); }
})();
