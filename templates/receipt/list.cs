<?cs # frame: app ?>
<?cs # The receipts of a registration.  Reads Receipts.n.{Event,At,Status,Print,File}: newest first; without Print
     and File while one is being signed. ?>
<?cs call:head() ?>
<?cs if:subcount(Receipts) ?>
<?cs call:card_table_begin("receipts", "{{Receipts}}") ?>
<table class="fw-table fw-stackable"><caption class="visually-hidden">{{Receipts}}</caption><thead><tr><?cs call:th("{{Event}}", "") ?><?cs call:th("{{Time}}", "") ?><?cs call:th("{{Status}}", "") ?><?cs call:th_actions() ?></tr></thead><tbody><?cs each:receipt = Receipts ?><tr><th scope="row"><?cs var:receipt.Event ?></th><td data-label="{{Time}}"><?cs call:at(receipt.At) ?></td><td data-label="{{Status}}"><?cs call:status(receipt.Status) ?></td><td><div class="fw-row"><?cs if:receipt.File ?><a class="btn fw-btn btn-sm" href="<?cs var:receipt.File ?>" download><?cs call:icon("download") ?>{{Download}}</a><a class="btn fw-btn btn-sm" href="<?cs var:receipt.Print ?>"><?cs call:icon("printer") ?>{{Print}}</a><?cs /if ?></div></td></tr><?cs /each ?></tbody></table>
<?cs call:card_table_end() ?>
<p class="fw-s fw-2 mt-3">{{Keep the files: each can be checked by anyone, also without this portal. A receipt that is not in the log yet can be downloaded again in half a minute, complete with its proof.}} <a href="/verify">{{Verify a receipt}}</a></p>
<?cs else ?>
<?cs call:empty("receipt", "{{No receipts yet}}", "{{The first one comes with the submission.}}", "", "") ?>
<?cs /if ?>
