<?cs # frame: print ?>
<?cs # A receipt on paper.  Reads Status, States.n.{Label,Value,Code}, Statement, Verify (address), Qr, QrBox: the code
     carries statement and signature. ?>
<p><?cs call:status(Status) ?></p>
<dl class="fw-dl"><?cs each:row = States ?><dt><?cs var:row.Label ?></dt><dd<?cs if:row.Code ?> class="fw-code"<?cs /if ?>><?cs var:row.Value ?></dd><?cs /each ?></dl>
<div class="fw-row mt-4"><svg class="fw-qr fw-qr-l" viewBox="<?cs var:QrBox ?>" role="img" aria-label="{{QR code to verify this receipt}}" shape-rendering="crispEdges"><path d="<?cs var:Qr ?>"></path></svg>
<div><p class="fw-b m-0">{{Anyone can check this receipt}}</p><p class="m-0">{{Scan the code, or upload the file of the receipt at}}<br><span class="fw-code"><?cs var:Verify ?></span></p></div></div>
<h2 class="mt-4 fw-h3">{{What was signed}}</h2>
<p class="fw-code m-0"><?cs var:Statement ?></p>
