/* Proof of work for [data-proof]: found in small slices while the person types. ES5, for Chromium 66; no crypto.subtle, which
   plain http does not have. A form is never kept waiting for it: what is sent without is taken in as well. */
(function () {
  'use strict';
  var box = document.querySelector('[data-proof]'), form = box && box.form;
  if (!form || !window.Int32Array || !window.btoa) { return; }
  var SLICE = 20, LAST = 300, LIFE = 540000; // milliseconds: a slice, the last one at sending, until a fresh one is fetched
  var K = new Int32Array(64), FIRST = new Int32Array(8), W = new Int32Array(64);
  var now, goal, start, tail, length, next, born, timer = 0, asking = false;

  (function () {
    function fraction(x) { return ((x - Math.floor(x)) * 4294967296) | 0; }
    for (var n = 2, found = 0, d; found < 64; n += 1) {
      for (d = 2; d * d <= n && n % d; d += 1) { /* look on */ }
      if (d * d > n) {
        if (found < 8) { FIRST[found] = fraction(Math.sqrt(n)); }
        K[found] = fraction(Math.pow(n, 1 / 3)); found += 1;
      }
    }
  })();
  function mix(s) { // one SHA-256 block: W[0..15] into the state s (FIPS 180-4, 6.2.2)
    var a = s[0], b = s[1], c = s[2], d = s[3], e = s[4], f = s[5], g = s[6], h = s[7], i, x, y;
    for (i = 0; i < 64; i += 1) {
      if (i > 15) {
        x = W[i - 15]; y = W[i - 2];
        W[i] = W[i - 16] + W[i - 7] + ((x >>> 7 | x << 25) ^ (x >>> 18 | x << 14) ^ x >>> 3) +
          ((y >>> 17 | y << 15) ^ (y >>> 19 | y << 13) ^ y >>> 10) | 0;
      }
      x = h + ((e >>> 6 | e << 26) ^ (e >>> 11 | e << 21) ^ (e >>> 25 | e << 7)) + (g ^ e & (f ^ g)) + K[i] + W[i] | 0;
      y = ((a >>> 2 | a << 30) ^ (a >>> 13 | a << 19) ^ (a >>> 22 | a << 10)) + (a & b | c & (a | b)) | 0;
      h = g; g = f; f = e; e = d + x | 0; d = c; c = b; b = a; a = x + y | 0;
    }
    s[0] += a; s[1] += b; s[2] += c; s[3] += d; s[4] += e; s[5] += f; s[6] += g; s[7] += h;
  }
  function words(text) { // the text's bytes into W, with the mark of the end
    W.fill(0, 0, 16);
    for (var i = 0; i < text.length; i += 1) { W[i >> 2] |= text.charCodeAt(i) << 24 - i % 4 * 8; }
    if (text.length < 64) { W[text.length >> 2] |= 128 << 24 - text.length % 4 * 8; }
  }
  function begin(said) {
    now = said; next = 0; born = Date.now(); box.value = '';
    goal = new Int32Array(8); start = new Int32Array(FIRST); tail = said.salt; length = said.salt.length;
    for (var i = 0; i < 8; i += 1) { goal[i] = parseInt(said.challenge.substr(i * 8, 8), 16) | 0; }
    for (; tail.length >= 64; tail = tail.slice(64)) { words(tail.slice(0, 64)); mix(start); }
    if (tail.length < 48 && !timer) { timer = setTimeout(turn, SLICE); }
  }
  function fits(number) {
    var text = tail + number, state = new Int32Array(start);
    words(text); W[15] = (length + String(number).length) * 8;
    mix(state);
    for (var i = 0; i < 8; i += 1) { if (state[i] !== goal[i]) { return false; } }
    return true;
  }
  function work(milliseconds) { // true when there is nothing left to do
    for (var until = Date.now() + milliseconds; next <= now.most; next += 1) {
      if (fits(next)) {
        box.value = btoa(JSON.stringify({ algorithm: 'SHA-256', challenge: now.challenge, number: next, salt: now.salt, signature: now.signature }));
        return true;
      }
      if (next % 50 === 49 && Date.now() > until) { next += 1; return false; }
    }
    return true;
  }
  function turn() { timer = work(SLICE) ? 0 : setTimeout(turn, 4); }
  function fresh() { // what lay open for long gets a new task; without a signal it stays as it is
    if (asking || Date.now() - born < LIFE) { return; }
    var ask = new XMLHttpRequest();
    asking = true;
    ask.open('GET', box.getAttribute('data-fresh'));
    ask.setRequestHeader('X-Proof-For', (/for=(\w+)/.exec(now.salt) || [])[1] || '');
    ask.onloadend = function () {
      asking = false;
      try { begin(JSON.parse(ask.responseText)); } catch (e) { born = Date.now() - LIFE + 5000; }
    };
    ask.send();
  }
  begin(JSON.parse(box.getAttribute('data-proof')));
  box.addEventListener('renew', function () { begin(JSON.parse(box.getAttribute('data-proof'))); });
  if (window.performance && performance.navigation && performance.navigation.type === 2) { born = 0; }
  ['input', 'focusin', 'touchstart'].forEach(function (what) { form.addEventListener(what, fresh); });
  window.addEventListener('pageshow', fresh);
  document.addEventListener('visibilitychange', fresh);
  form.addEventListener('submit', function () { if (!box.value) { work(LAST); } });
})();
