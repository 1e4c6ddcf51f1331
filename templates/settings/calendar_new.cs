<?cs # frame: app ?>
<?cs # A new business calendar: Form.F.{country,name_en,name_zh,zone,monday…sunday} ?>
<?cs call:head() ?>
<form action="/staff/setup/calendars/new" method="post" class="fw-stack" novalidate>
<?cs call:form_head() ?>
<?cs call:card_begin("office", "{{The office}}") ?><div class="fw-fields"><?cs call:field_select(Form.F.country, "fw-f3", "", "{{Choose}}") ?><?cs call:field_select(Form.F.zone, "fw-f3", "", "{{Choose}}") ?><?cs call:field(Form.F.name_en, "fw-f3", "", "off") ?><?cs call:field(Form.F.name_zh, "fw-f3", "", "off") ?></div><?cs call:card_end() ?>
<?cs call:card_begin("hours", "{{Hours}}") ?><p class="fw-2">{{Such as 09:00-12:00, 13:00-18:00. Leave a day empty on which the office is closed.}}</p><div class="fw-fields"><?cs call:field(Form.F.monday, "fw-f3", "", "off") ?><?cs call:field(Form.F.tuesday, "fw-f3", "", "off") ?><?cs call:field(Form.F.wednesday, "fw-f3", "", "off") ?><?cs call:field(Form.F.thursday, "fw-f3", "", "off") ?><?cs call:field(Form.F.friday, "fw-f3", "", "off") ?><?cs call:field(Form.F.saturday, "fw-f3", "", "off") ?><?cs call:field(Form.F.sunday, "fw-f3", "", "off") ?></div><?cs call:card_end() ?>
<?cs call:savebar_begin() ?><?cs call:submit("{{Save}}", "check", "", "primary") ?><?cs call:savebar_end("{{Holidays are entered on the calendar’s own page.}}") ?>
</form>
