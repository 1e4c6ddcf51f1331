<?cs # frame: app ?>
<?cs # Asks for an extension: Form of deal_extension_form, Deal.{Protection,Href}. ?>
<?cs call:head() ?>
<form action="<?cs var:Deal.Href ?>/extension" method="post" class="fw-stack" novalidate>
<?cs call:form_head() ?>
<?cs call:hidden("row_version", Form.F.row_version.Value) ?>
<?cs call:card_begin("ask", "{{Ask to extend}}") ?>
<?cs if:Deal.Protection.Shown ?><div class="mb-3"><p class="fw-b"><?cs var:Deal.Protection.Left ?></p><?cs call:span_bar(Deal.Protection.Bar) ?></div><?cs /if ?>
<div class="fw-fields"><?cs call:field_rows(Form.F.progress, "fw-f6", "{{The vendor decides by what you write here.}}", "5") ?><?cs call:field_radio(Form.F.days, "fw-f6", "") ?></div>
<?cs call:card_end() ?>
<?cs call:savebar_begin() ?><?cs call:submit("{{Ask to extend}}", "calendar-plus", "", "primary") ?><?cs call:button_link(Deal.Href, "{{Leave it as it is}}", "", "normal") ?><?cs call:savebar_end("{{The registration stays approved meanwhile.}}") ?>
</form>
