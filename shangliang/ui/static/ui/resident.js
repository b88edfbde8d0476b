/* Residents' pages: only helps, nothing needs it. ES5, for Chromium 66. Sentences come from data-…. */
(function () {
  'use strict';
  var doc = document;
  function all(selector, from) { return [].slice.call((from || doc).querySelectorAll(selector)); }

  /* Draft: form[data-draft=key] keeps its text until a page with [data-draft-clear=key]: in this tab, or with data-draft-hours
     on this phone for so long, because a chat app ends pages as it likes. Telephones, files and ticks are never kept. */
  function shelf(name) {
    try { window[name].getItem('x'); return window[name]; } catch (e) { return null; }
  }
  function read(place, key) {
    try { return JSON.parse(place.getItem(key)) || {}; } catch (e) { return {}; }
  }
  var tab = shelf('sessionStorage'), phone = shelf('localStorage');
  function kept(field) {
    return field.name && !field.hasAttribute('data-private') &&
      (field.tagName === 'TEXTAREA' || (field.tagName === 'INPUT' && field.type === 'text'));
  }
  function show(selector, form, yes) { all(selector, form).forEach(function (one) { one.hidden = !yes; }); }
  function key_of(form) { return form.querySelector('[name=form_key]'); }
  function task_of(form) { return form.querySelector('[data-proof]'); }
  function fetched(how, address, headers, body, then) {
    var ask = new XMLHttpRequest();
    ask.open(how, address);
    Object.keys(headers).forEach(function (name) { ask.setRequestHeader(name, headers[name]); });
    ask.onload = function () { if (ask.status === 200) { then(ask.responseText); } };
    ask.send(body);
    return ask;
  }
  function renew_task(form, task) {
    var box = task_of(form);
    if (!box || !task) { return; }
    box.setAttribute('data-proof', task);
    box.dispatchEvent(new Event('renew'));
  }

  function draft(form) {
    var hours = Number(form.getAttribute('data-draft-hours')), place = (hours && phone) || tab;
    if (!place) { return; }
    var name = 'draft:' + form.getAttribute('data-draft'), said = read(place, name), words = said.words || {};
    var fields = all('input,textarea', form).filter(kept), restored = false, key = key_of(form), own = key && key.value;
    fields.forEach(function (field) {
      if (!field.value && words[field.name]) { field.value = words[field.name]; restored = true; }
    });
    show('[data-draft-note]', form, restored);
    show('[data-draft-kept]', form, hours && place === phone && said.words);
    if (restored && said.key && key) { /* it may have arrived: the same key gives the same receipt, not a second report */
      key.value = said.key;
      if (task_of(form)) {
        fetched('GET', task_of(form).getAttribute('data-fresh'), { 'X-Proof-For': said.task || '' }, null, function (task) { renew_task(form, task); });
      }
    }
    function drop() {
      place.removeItem(name);
      said = {};
      if (key && own) { key.value = own; }
      show('[data-draft-note],[data-draft-kept]', form, false);
    }
    function keep() {
      var now = {}, some = false;
      fields.forEach(function (field) { now[field.name] = field.value; some = some || field.value.trim(); });
      if (!some) { drop(); return; }
      try {
        place.setItem(name, JSON.stringify({ words: now, until: Date.now() + (hours || 24) * 3600000, key: said.key, task: said.task }));
        show('[data-draft-kept]', form, hours && place === phone);
      } catch (e) { return; }
    }
    form.addEventListener('input', keep);
    form.addEventListener('submit', function () {
      var box = task_of(form), token = box && /for=(\w+)/.exec(box.getAttribute('data-proof'));
      said = { key: key && key.value, task: token && token[1] };
      keep();
    });
    all('[data-draft-drop]', form).forEach(function (button) {
      button.addEventListener('click', function () {
        fields.forEach(function (field) { field.value = ''; });
        drop();
        if (fields[0]) { fields[0].focus(); }
      });
    });
  }
  for (var at = phone ? phone.length - 1 : -1; at >= 0; at -= 1) {
    var held = phone.key(at);
    if (held.indexOf('draft:') === 0 && !(read(phone, held).until > Date.now())) { phone.removeItem(held); }
  }
  all('[data-draft-clear]').forEach(function (mark) {
    [tab, phone].forEach(function (place) { if (place) { place.removeItem('draft:' + mark.getAttribute('data-draft-clear')); } });
  });
  all('form[data-draft]').forEach(draft);

  /* Pressing twice sends once; the button comes back after 20 seconds or when the page is shown again. */
  var sent = [];
  function release() {
    sent.forEach(function (one) {
      one.form.removeAttribute('data-sent');
      if (one.button) { one.button.disabled = false; one.button.innerHTML = one.was; }
    });
    sent = [];
  }
  doc.addEventListener('submit', function (event) {
    var form = event.target, button = form.querySelector('.btn-main[type=submit]') || form.querySelector('[type=submit]');
    if ((form.getAttribute('method') || '').toLowerCase() !== 'post') { return; }
    if (form.hasAttribute('data-sent')) { event.preventDefault(); return; }
    form.setAttribute('data-sent', '');
    var one = { form: form, button: button, was: button ? button.innerHTML : '' };
    sent.push(one);
    setTimeout(function () {
      if (button) { button.disabled = true; button.textContent = button.getAttribute('data-busy') || doc.body.getAttribute('data-busy'); }
    }, 0);
    setTimeout(release, 20000);
  });
  window.addEventListener('pageshow', release);

  /* Without a signal: [data-offline] says so; a form[data-page] pressed meanwhile waits and goes by itself when it is back.
     Where the phone can, the form's own page is kept so that it opens again; a kept page has no key and asks for one. */
  var waiting = null;
  function random_key() {
    return [].map.call(window.crypto.getRandomValues(new Uint8Array(16)), function (one) { return ('0' + one.toString(16)).slice(-2); }).join('');
  }
  function renew(form, then) {
    fetched('GET', form.getAttribute('data-page'), {}, null, function (page) {
      var fresh = new DOMParser().parseFromString(page, 'text/html').querySelector('form[data-page]');
      var key = fresh && key_of(fresh).value;
      if (key) {
        key_of(form).value = key;
        form.removeAttribute('data-keyless');
        form.querySelector('[name=csrfmiddlewaretoken]').value = fresh.querySelector('[name=csrfmiddlewaretoken]').value;
        renew_task(form, task_of(fresh) && task_of(fresh).getAttribute('data-proof'));
      }
      then();
    });
  }
  function signal() {
    var off = navigator.onLine === false;
    show('[data-offline]', doc, off && !waiting);
    show('[data-waiting]', doc, off && waiting);
    if (off) { return; }
    all('form[data-keyless]').forEach(function (form) { renew(form, go); });
    if (!doc.querySelector('form[data-keyless]')) { go(); }
  }
  function go() {
    var form = waiting;
    waiting = null;
    if (form) { form.querySelector('[type=submit]').click(); }
  }
  doc.addEventListener('submit', function (event) {
    if (navigator.onLine !== false || !event.target.hasAttribute('data-page')) { return; }
    event.preventDefault();
    event.stopPropagation();
    waiting = event.target;
    signal();
  }, true);
  all('form[data-page]').forEach(function (form) {
    var key = key_of(form);
    if (!key.value) { key.value = random_key(); form.setAttribute('data-keyless', ''); }
    form.addEventListener('input', function first() {
      form.removeEventListener('input', first);
      var worker = navigator.serviceWorker;
      if (!worker) { return; }
      worker.register(form.getAttribute('data-worker')).then(function () { return worker.ready; }).then(function (ready) {
        ready.active.postMessage(form.getAttribute('data-page'));
      })['catch'](function () { return null; });
    });
  });
  window.addEventListener('online', signal);
  window.addEventListener('offline', signal);
  signal();

  /* Others said this too: [data-others=address] in the form is filled while one types; one press says it is the same. */
  all('[data-others]').forEach(function (box) {
    var form = box.parentNode, field, claim, timer = 0, last = '', ask = null;
    while (form.tagName !== 'FORM') { form = form.parentNode; }
    field = form.querySelector('textarea');
    claim = form.querySelector('[data-claims]');
    function say(code, title) {
      claim.value = code;
      all('[data-claimed-title]', form).forEach(function (one) { one.textContent = title; });
      show('[data-claimed]', form, code);
      box.hidden = !!code;
    }
    field.addEventListener('input', function () { clearTimeout(timer); timer = setTimeout(look, 900); });
    function look() {
      var text = field.value.trim().slice(-400);
      if (claim.value || text.length < 5 || text === last || navigator.onLine === false) { return; }
      last = text;
      if (ask) { ask.abort(); }
      var body = 'csrfmiddlewaretoken=' + encodeURIComponent(form.querySelector('[name=csrfmiddlewaretoken]').value) + '&text=' + encodeURIComponent(text);
      ask = fetched('POST', box.getAttribute('data-others'), { 'Content-Type': 'application/x-www-form-urlencoded' }, body, function (found) {
        box.innerHTML = found;
        box.hidden = !found.trim() || !!claim.value;
      });
    }
    box.addEventListener('click', function (event) {
      var button = event.target.closest('[data-claim]');
      if (!button) { return; }
      say(button.getAttribute('data-claim'), button.getAttribute('data-title'));
      form.querySelector('[data-unclaim]').focus();
    });
    form.querySelector('[data-unclaim]').addEventListener('click', function () { say('', ''); field.focus(); });
  });

  /* Speaking: [data-speak=script] is shown where the browser can record; its script is fetched with the first press. */
  all('[data-speak]').forEach(function (button) {
    var can = window.isSecureContext && navigator.mediaDevices && navigator.mediaDevices.getUserMedia && window.MediaRecorder;
    try { can = can && new DataTransfer(); } catch (e) { can = false; }
    button.hidden = !can;
    if (can && doc.querySelector('[data-attach="else"]')) { show('[data-attach]', doc, false); show('[data-speak-note]', doc, true); }
    button.addEventListener('click', function first() {
      var script = doc.createElement('script');
      button.removeEventListener('click', first);
      script.src = button.getAttribute('data-speak');
      doc.body.appendChild(script);
    });
  });

  /* Reading aloud: [data-read="#selector"], hidden until we know the phone can. */
  var speech = window.speechSynthesis;
  if (speech && window.SpeechSynthesisUtterance) {
    all('[data-read]').forEach(function (button) {
      button.hidden = false;
      button.addEventListener('click', function () {
        if (speech.speaking) { speech.cancel(); return; }
        var what = doc.querySelector(button.getAttribute('data-read') || '#main');
        var said = new SpeechSynthesisUtterance(what ? what.innerText : '');
        said.lang = doc.documentElement.lang || 'zh-CN';
        said.rate = 0.9;
        var heard = false, note = button.nextElementSibling; /* some phones have the words for it but no voice */
        function silent() { if (!heard && note && note.hasAttribute('data-mute')) { speech.cancel(); note.hidden = false; } }
        said.onstart = function () { heard = true; };
        setTimeout(silent, 3000);
        speech.speak(said);
      });
    });
    window.addEventListener('pagehide', function () { speech.cancel(); });
  }

  var summary = doc.querySelector('[data-focus]');
  if (summary) { summary.focus(); }
})();
