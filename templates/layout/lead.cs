<?cs # Parts of the pages of a lead. ?>

<?cs # A form with a reason: F is a form of the page. ?>
<?cs def:lead_reason(href, f, version, label, icon, kind) ?><form action="<?cs var:href ?>" method="post" class="fw-stack-s" novalidate><input type="hidden" name="form_token" value="<?cs var:Form.Token ?>"><?cs call:hidden("row_version", version) ?><?cs call:field_select(f.F.reason, "", "", "{{Choose}}") ?><?cs call:field(f.F.text, "", "", "off") ?><div><?cs call:submit(label, icon, "", kind) ?></div></form><?cs /def ?>

<?cs # One button that does one thing. ?>
<?cs def:lead_button(href, version, label, icon, kind) ?><form action="<?cs var:href ?>" method="post"><input type="hidden" name="form_token" value="<?cs var:Form.Token ?>"><?cs call:hidden("row_version", version) ?><?cs call:submit(label, icon, "", kind) ?></form><?cs /def ?>

<?cs def:lead_facts(rows) ?><dl class="fw-dl-v"><?cs each:fact = rows ?><div><dt><?cs var:fact.Label ?></dt><dd><?cs var:fact.Value ?></dd></div><?cs /each ?></dl><?cs /def ?>

<?cs def:lead_words(rows) ?><?cs each:comment = rows ?><article class="fw-msg"<?cs if:comment.Side == "vendor" ?> data-tone="info"<?cs /if ?>><header><strong><?cs var:comment.Who ?></strong><?cs if:comment.SideLabel ?><span class="fw-s fw-2"><?cs var:comment.SideLabel ?></span><?cs /if ?><span class="fw-s fw-2 fw-end"><?cs call:at(comment.At) ?></span></header><div class="fw-lines"><?cs var:comment.Text ?></div></article><?cs /each ?><?cs /def ?>

<?cs # What is typed about the lead: the page's field "body". ?>
<?cs def:lead_body(label) ?><label class="form-label" for="body"><?cs var:label ?></label><textarea class="form-control" id="body" name="body" rows="2" maxlength="4000"<?cs if:Comment.F.body.Fault ?> aria-invalid="true" aria-describedby="body-err"<?cs /if ?>><?cs var:Comment.F.body.Value ?></textarea><?cs if:Comment.F.body.Fault ?><div class="fw-err" id="body-err"><?cs call:icon_s("alert-circle") ?><span><?cs var:Comment.F.body.Fault ?></span></div><?cs /if ?><?cs /def ?>
