<?cs # frame: app ?>
<?cs # Appeals against a refusal: Form of deal_appeal_form, Deal.{ReasonText,Hours,Until,Href}. ?>
<?cs call:head() ?>
<form action="<?cs var:Deal.Href ?>/appeal" method="post" class="fw-stack" novalidate>
<?cs call:form_head() ?>
<?cs call:hidden("row_version", Form.F.row_version.Value) ?>
<?cs call:card_begin("appeal", "{{Appeal}}") ?>
<?cs if:Deal.ReasonText ?><div class="fw-note mb-3" data-tone="bad"><?cs call:icon("info-circle") ?><p><?cs var:Deal.ReasonText ?></p></div><?cs /if ?>
<ul class="fw-links mb-3"><li>{{A different person decides it, within %s business hours.|Deal.Hours}}</li><li>{{The registration keeps its place in line.}}</li><li>{{You can appeal once; what is then decided is final.}}</li></ul>
<div class="fw-fields"><?cs call:field_rows(Form.F.reason, "fw-f6", "{{What was overlooked, or what has changed since. Whoever decides reads it.}}", "6") ?></div>
<?cs call:card_end() ?>
<?cs call:savebar_begin() ?><?cs call:submit("{{Appeal}}", "gavel", "", "primary") ?><?cs call:button_link(Deal.Href, "{{Leave it as it is}}", "", "normal") ?><?cs call:savebar_end("{{You can appeal until %s.|Deal.Until.Text}}") ?>
</form>
