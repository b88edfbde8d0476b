/* The print button of the receipt page. ES5, for Chromium 66; the browser's own menu prints as well. */
(function () {
  'use strict';
  [].slice.call(document.querySelectorAll('[data-print]')).forEach(function (button) {
    button.hidden = false;
    button.addEventListener('click', function () { window.print(); });
  });
})();
