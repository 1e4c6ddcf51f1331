<?cs # frame: app ?>
<?cs # Asks before a protection is revoked: Deal.{Refused,MayRevoke,Figures,Href,Action,Version,Lines}, Form.F.{reason,text} ?>
<?cs call:head() ?>
<?cs if:Deal.Refused ?><div class="fw-note mb-3" data-tone="bad" role="alert" tabindex="-1" data-focus><?cs call:icon("alert-circle") ?><p><strong><?cs var:Deal.Refused ?></strong></p></div><?cs /if ?>
<?cs if:Deal.MayRevoke ?><?cs call:confirm("{{Revoke this registration?}}", "{{Its product lines become free at once, the next in line is told, and the partner reads the reason. This cannot be undone.}}") ?><?cs elif:!Deal.Refused ?><div class="fw-note mb-3" data-tone="info"><?cs call:icon("info-circle") ?><p>{{There is no protection to revoke here.}}</p></div><?cs /if ?>
<form action="<?cs var:Deal.Action ?>" method="post" class="fw-stack" novalidate>
<?cs call:form_head() ?>
<?cs call:hidden("row_version", Deal.Version) ?>
<?cs if:Deal.MayRevoke ?><section class="card" aria-label="{{What it is about}}"><div class="fw-card-b"><p class="fw-b"><?cs var:Deal.Figures ?></p><ul class="list-unstyled m-0"><?cs each:line = Deal.Lines ?><li><?cs var:line.Name ?> <span class="fw-2 tnum">× <?cs var:line.Quantity ?>, <?cs var:line.Value ?></span></li><?cs /each ?></ul></div></section>
<?cs call:card_begin("why", "{{Why}}") ?><div class="fw-fields"><?cs call:field_select(Form.F.reason, "fw-f3", "", "{{Choose}}") ?><?cs call:field_rows(Form.F.text, "fw-f6", "{{The partner reads it.}}", "3") ?></div><?cs call:card_end() ?><?cs /if ?>
<div class="fw-row"><?cs if:Deal.MayRevoke ?><?cs call:submit("{{Revoke}}", "shield-x", "", "bad") ?><?cs /if ?><?cs call:button_link(Deal.Href, "{{Leave it as it is}}", "", "normal") ?></div>
</form>
