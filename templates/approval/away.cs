<?cs # frame: app ?>
<?cs # Who decides while one is away: Away.Rows.n.{Who,From,Until,Action}, Away.For.n.{Who,Until}; Form of approval.away ?>
<?cs call:head() ?>
<div class="fw-stack">
<?cs if:subcount(Away.For) ?><?cs call:card_begin("for", "{{You decide for}}") ?><ul><?cs each:row = Away.For ?><li>{{%1$s, until %2$s|row.Who|row.Until}}</li><?cs /each ?></ul><?cs call:card_end() ?><?cs /if ?>
<?cs if:subcount(Away.Rows) ?><?cs call:card_table_begin("own", "{{Who decides for you}}") ?>
<table class="fw-table fw-stackable"><thead><tr><th scope="col">{{Colleague}}</th><th scope="col">{{First day}}</th><th scope="col">{{Last day}}</th><th scope="col"><span class="visually-hidden">{{Action}}</span></th></tr></thead><tbody>
<?cs each:row = Away.Rows ?><tr><th scope="row"><?cs var:row.Who ?></th><td data-label="{{First day}}"><?cs var:row.From ?></td><td data-label="{{Last day}}"><?cs var:row.Until ?></td><td><form action="<?cs var:row.Action ?>" method="post"><input type="hidden" name="form_token" value="<?cs var:Form.Token ?>"><button class="btn fw-btn btn-sm" type="submit">{{End now}}<span class="visually-hidden"> <?cs var:row.Who ?></span></button></form></td></tr>
<?cs /each ?></tbody></table><?cs call:card_table_end() ?><?cs /if ?>
<form action="/staff/away" method="post" class="fw-stack" novalidate>
<?cs call:form_head() ?>
<?cs call:card_begin("add", "{{Let somebody decide for me}}") ?>
<p class="fw-2">{{Your colleague decides in your name what waits for you. Both names stand in the record.}}</p>
<div class="fw-fields"><?cs call:field_select(Form.F.delegate, "fw-f6", "", "{{Choose a colleague}}") ?><?cs call:field(Form.F.from, "fw-f3", "", "") ?><?cs call:field(Form.F.until, "fw-f3", "{{Until midnight in your time zone.}}", "") ?></div>
<?cs call:card_end() ?>
<?cs call:savebar_begin() ?><?cs call:submit("{{Save}}", "check", "save", "primary") ?><?cs call:savebar_end("") ?>
</form>
</div>
