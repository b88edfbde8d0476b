/* Speaking instead of writing: fetched with the first press of [data-speak]. Hold to talk and let go, or press, speak, press.
   What was said becomes the file of input[data-recording]: it goes with the form like any file. ES5, for Chromium 66. */
(function () {
  'use strict';
  var doc = document, HOLD = 600; // milliseconds: held longer, letting go ends it
  [].forEach.call(doc.querySelectorAll('[data-speak]'), function (button) {
    var form = button.parentNode, recorder = null, stream = null, parts = [], began = 0, clock = 0, pressed = 0, opener = 0, send = null;
    while (form.tagName !== 'FORM') { form = form.parentNode; }
    var input = form.querySelector('[data-recording]'), most = Number(input.getAttribute('data-recording'));
    var label = button.querySelector('[data-words]'), said = form.querySelector('[data-spoken]'), note = form.querySelector('[data-speak-note]');
    function words(name) { return button.getAttribute('data-' + name); }
    function tell(text) { note.textContent = text; note.hidden = !text; }
    function seconds() { return Math.max(1, Math.min(most, Math.round((Date.now() - began) / 1000))); }

    function start() {
      if (recorder || stream) { return; }
      stream = true; // asked for
      opener = pressed;
      tell('');
      navigator.mediaDevices.getUserMedia({ audio: true }).then(function (opened) {
        stream = opened;
        parts = [];
        recorder = new MediaRecorder(stream, { audioBitsPerSecond: 32000 });
        recorder.ondataavailable = function (event) { if (event.data.size) { parts.push(event.data); } };
        recorder.onstop = done;
        recorder.start();
        began = Date.now();
        button.setAttribute('aria-pressed', 'true');
        tick();
        clock = setInterval(tick, 500);
      })['catch'](function () {
        recorder = stream = null;
        button.hidden = true;
        tell(words('refused'));
        show_file(true);
      });
    }
    function tick() {
      label.textContent = words('stop').replace('0', seconds());
      if (Date.now() - began >= most * 1000) { stop(); }
    }
    function stop() {
      if (recorder && recorder.state !== 'inactive') { recorder.stop(); }
    }
    function done() {
      var length = seconds(), kind = recorder.mimeType || 'audio/webm', whole = new Blob(parts, { type: kind }), carrier = new DataTransfer();
      clearInterval(clock);
      stream.getTracks().forEach(function (track) { track.stop(); });
      recorder = stream = null;
      button.removeAttribute('aria-pressed');
      label.textContent = words('again');
      carrier.items.add(new File([whole], 'recording', { type: kind }));
      input.files = carrier.files;
      tell(words('done').replace('0', length));
      said.querySelector('audio').src = URL.createObjectURL(whole);
      said.hidden = false;
      if (send) { send.click(); send = null; }
    }
    function show_file(yes) { form.querySelector('[data-attach]').hidden = !yes; }
    function forget() {
      input.value = '';
      said.hidden = true;
      said.querySelector('audio').removeAttribute('src');
      label.textContent = words('start');
      tell('');
      button.focus();
    }

    button.addEventListener('pointerdown', function (event) {
      if (event.button) { return; }
      pressed = Date.now();
      if (!recorder) { start(); }
    });
    button.addEventListener('pointerup', function () {
      if (recorder && pressed === opener && Date.now() - Math.max(began, pressed) > HOLD) { stop(); }
    });
    button.addEventListener('click', function (event) {
      if (event.detail === 0 && !recorder) { start(); return; } // from the keyboard: no pointer came before
      if (recorder && (event.detail === 0 || (pressed !== opener && pressed > began))) { stop(); }
    });
    button.addEventListener('contextmenu', function (event) { event.preventDefault(); });
    form.querySelector('[data-unsay]').addEventListener('click', forget);
    input.addEventListener('change', function () { said.hidden = true; tell(''); });
    form.addEventListener('submit', function (event) { // pressed while still speaking: ended first, then sent
      if (!recorder) { return; }
      event.preventDefault();
      event.stopPropagation();
      send = form.querySelector('[type=submit]');
      stop();
    });
    window.addEventListener('pagehide', stop);
    start();
  });
})();
