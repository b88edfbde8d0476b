/* Residents' pages: only helps, nothing needs it. ES5, for Chromium 66. Sentences come from data-…. */
(function () {
  'use strict';
  var doc = document;
  function all(selector, from) { return [].slice.call((from || doc).querySelectorAll(selector)); }

  /* Draft: form[data-draft=key] keeps its text until a page with [data-draft-clear=key]. Phones are never kept. */
  var store = null;
  try { store = window.sessionStorage; store.getItem('x'); } catch (e) { store = null; }
  function kept(field) {
    return field.name && !field.hasAttribute('data-private') &&
      (field.tagName === 'TEXTAREA' || (field.tagName === 'INPUT' && field.type === 'text'));
  }
  function draft(form) {
    var key = 'draft:' + form.getAttribute('data-draft'), saved = {}, restored = false;
    try { saved = JSON.parse(store.getItem(key) || '{}'); } catch (e) { saved = {}; }
    var fields = all('input,textarea', form).filter(kept);
    fields.forEach(function (field) {
      if (!field.value && saved[field.name]) { field.value = saved[field.name]; restored = true; }
    });
    if (restored) { all('[data-draft-note]', form).forEach(function (note) { note.hidden = false; }); }
    form.addEventListener('input', function () {
      var now = {};
      fields.forEach(function (field) { now[field.name] = field.value; });
      try { store.setItem(key, JSON.stringify(now)); } catch (e) { return; }
    });
  }
  if (store) {
    all('[data-draft-clear]').forEach(function (mark) { store.removeItem('draft:' + mark.getAttribute('data-draft-clear')); });
    all('form[data-draft]').forEach(draft);
  }

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

  /* [data-offline] is shown while there is no signal. */
  function signal() { all('[data-offline]').forEach(function (box) { box.hidden = navigator.onLine !== false; }); }
  window.addEventListener('online', signal);
  window.addEventListener('offline', signal);
  signal();

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
        speech.speak(said);
      });
    });
    window.addEventListener('pagehide', function () { speech.cancel(); });
  }

  var summary = doc.querySelector('[data-focus]');
  if (summary) { summary.focus(); }
})();
