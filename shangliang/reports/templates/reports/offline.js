{% load static %}/* Lets the form of a report point open again without a signal. Keeps the form's page without its key, and what it looks
   like; never an answer to something sent, never a receipt. What the network can give is always taken first. */
'use strict';
var NAME = 'form-{{ version }}', PATIENCE = 5000, PAGE = /^\/r\/[0-9A-Z]{4,16}\/?$/;
var FILES = [{% for one in files %}'{% filter escapejs %}{% static one %}{% endfilter %}'{% if not forloop.last %}, {% endif %}{% endfor %}];

function place(address) { return new URL(address).pathname.replace(/\/?$/, '/'); }
function keep(address, response) {
  if (!response.ok || response.redirected || response.type !== 'basic') { return Promise.resolve(); }
  return response.text().then(function (page) {
    var headers = new Headers(response.headers), bare = page.replace(/(<input[^>]*name="form_key"[^>]*value=")[^"]*/, '$1');
    headers.delete('Content-Encoding');
    headers.delete('Content-Length');
    if (bare === page) { return null; }
    return caches.open(NAME).then(function (kept) { return kept.put(place(address), new Response(bare, { headers: headers })); });
  });
}
function page(request) {
  var fetched = fetch(request).then(function (response) {
    keep(request.url, response.clone());
    return response;
  });
  var slow = new Promise(function (resolve) { setTimeout(resolve, PATIENCE); });
  return caches.match(place(request.url)).then(function (kept) {
    if (!kept) { return fetched; }
    return Promise.race([fetched, slow.then(function () { return kept; })]).catch(function () { return kept; });
  });
}

self.addEventListener('install', function (event) {
  event.waitUntil(caches.open(NAME).then(function (kept) { return kept.addAll(FILES); }).then(function () { return self.skipWaiting(); }));
});
self.addEventListener('activate', function (event) {
  event.waitUntil(caches.keys().then(function (names) {
    return Promise.all(names.map(function (name) { return name !== NAME && caches.delete(name); }));
  }).then(function () { return self.clients.claim(); }));
});
self.addEventListener('message', function (event) {
  var address = new URL(event.data, self.location.href);
  if (address.origin === self.location.origin && PAGE.test(address.pathname)) {
    event.waitUntil(fetch(address.pathname, { credentials: 'same-origin' }).then(function (response) { return keep(address.href, response); }));
  }
});
self.addEventListener('fetch', function (event) {
  var request = event.request, path = new URL(request.url).pathname;
  if (request.method !== 'GET') { return; }
  if (request.mode === 'navigate' && PAGE.test(path)) {
    event.respondWith(page(request));
  } else if (FILES.indexOf(path) >= 0) {
    event.respondWith(fetch(request).catch(function () { return caches.match(path); }));
  }
});
