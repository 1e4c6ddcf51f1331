<?cs # frame: app ?>
<?cs # What the vendor adds of its own to a registration: Deal.Href, Form of deal_fields_form with its More. ?>
<?cs call:head() ?>
<?cs if:subcount(Form.More) ?><form action="<?cs var:Deal.Href ?>/fields" method="post" class="fw-stack" novalidate>
<?cs call:form_head() ?><?cs call:hidden("row_version", Form.F.row_version.Value) ?>
<?cs call:card_begin("own", "{{The vendor’s own fields}}") ?><p class="fw-2">{{What the partner registered stays as it is.}}</p><div class="fw-fields"><?cs call:fields_more(Form) ?></div><?cs call:card_end() ?>
<?cs call:savebar_begin() ?><?cs call:submit("{{Save}}", "check", "save", "primary") ?><a class="btn fw-btn" href="<?cs var:Deal.Href ?>">{{Cancel}}</a><?cs call:savebar_end("") ?>
</form>
<?cs else ?><section class="card" aria-label="{{The vendor’s own fields}}"><?cs call:empty("forms", "{{There are no such fields}}", "{{Fields of registrations that partners do not change are filled in here.}}", Deal.Href, "{{Back to the registration}}") ?></section><?cs /if ?>
