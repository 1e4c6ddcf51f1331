<?cs # frame: app ?>
<?cs # Every macro of layout/ on one page, for people who build pages: made by tests/tools/render from
     tests/golden/guide/patterns.values.  No program serves it. ?>
<?cs call:head_begin() ?><?cs call:button_link("#", "{{Export}}", "download", "") ?><?cs call:button_link("#", "{{Register a deal}}", "plus", "primary") ?><?cs call:head_end() ?>
<?cs call:tabs(Guide.Tabs, "{{Views of this record}}") ?>
<div class="fw-stack">
<?cs call:card_begin("statuses", "{{Statuses}}") ?><div class="fw-row"><?cs each:s = Guide.Statuses ?><?cs call:status(s) ?><?cs /each ?></div><?cs call:card_end() ?>
<div class="fw-grid2">
<?cs call:card_begin("buttons", "{{Buttons}}") ?><div class="fw-row"><?cs call:submit("{{Submit}}", "send", "", "primary") ?><?cs call:submit("{{Save draft}}", "", "", "") ?><?cs call:submit("{{Delete}}", "trash", "", "bad") ?><?cs call:submit("{{Cancel}}", "", "", "text") ?></div><?cs call:card_end() ?>
<?cs call:card_begin("clocks", "{{Clocks}}") ?><div class="fw-stack-s"><?cs each:c = Guide.Clocks ?><div><?cs call:clock(c) ?></div><?cs /each ?></div><?cs call:card_end() ?>
</div>
<div class="fw-grid2"><?cs each:n = Guide.Notes ?><?cs call:note(n.Tone, n.Text) ?><?cs /each ?></div>
<form action="#" method="post" class="fw-stack" novalidate>
<?cs call:form_head() ?>
<?cs call:card_begin("form", "{{Form}}") ?><div class="fw-fields">
<?cs call:field(Form.F.company, "fw-f4", "{{As in the business register, in either language}}", "organization") ?>
<?cs call:field_select(Form.F.country, "fw-f2", "", "{{Choose a country}}") ?>
<?cs call:field(Form.F.email, "fw-f3", "", "email") ?>
<?cs call:field(Form.F.close, "fw-f3", "", "") ?>
<?cs call:field(Form.F.amount, "fw-f2", "", "") ?>
<?cs call:field_password(Form.F.password, "fw-f2", "", "new-password") ?>
<?cs call:field_file(Form.F.files, "fw-f2", "{{PDF, Office, images}}", "") ?>
<?cs call:field_radio(Form.F.budget, "fw-f3", "") ?>
<?cs call:field_checks(Form.F.lines, "fw-f3", "") ?>
<?cs call:field(Form.F.done, "fw-f6", "", "") ?>
<?cs call:field_radio_cards(Form.F.decision, "") ?>
<?cs call:field_check(Form.F.agree, "") ?>
</div><?cs call:card_end() ?>
<?cs call:savebar_begin() ?><?cs call:submit("{{Submit}}", "send", "submit", "primary") ?><?cs call:submit("{{Save draft}}", "", "save", "") ?><?cs call:savebar_end("{{Your place in line is the server’s time when you submit.}}") ?>
</form>
<div>
<?cs call:list_views(List) ?>
<?cs call:list_filters(List) ?>
<section class="card" aria-label="{{Registrations}}"><table class="fw-table fw-stackable fw-table-hover"><caption class="visually-hidden">{{Deal registrations, newest first}}</caption><thead><tr><?cs call:list_th(List.Sort.number, "{{Registration}}", "") ?><?cs call:th("{{Status}}", "") ?><?cs call:list_th(List.Sort.value, "{{Value, USD}}", "num") ?></tr></thead><tbody><?cs each:row = List.Rows ?><tr><th scope="row"><a class="fw-id" href="<?cs var:row.Href ?>"><?cs var:row.Number ?></a><br><span<?cs if:row.Lang ?> lang="<?cs var:row.Lang ?>"<?cs /if ?>><?cs var:row.Customer ?></span></th><td data-label="{{Status}}"><?cs call:status(row.Status) ?></td><td class="num" data-label="{{Value, USD}}"><?cs var:row.Value ?></td></tr><?cs /each ?></tbody></table><?cs call:list_foot(List) ?></section>
</div>
<div class="fw-grid2">
<section class="card"><?cs call:list_none(List, "{{No registration found}}") ?></section>
<section class="card"><?cs call:empty("shield-check", "{{No registrations yet}}", "{{Register a deal before you invest time in it: it is yours while it is protected.}}", "#", "{{Register a deal}}") ?></section>
</div>
<?cs call:card_table_begin("work", "{{Needs you}}") ?><?cs call:work(Guide.Work) ?><?cs call:card_table_end() ?>
<?cs call:card_begin("progress", "{{Progress}}") ?><?cs call:track(Guide.Track, "{{Steps}}") ?><div class="mt-3"><?cs call:span_bar(Guide.Span) ?></div><div class="mt-3"><?cs call:timeline(Guide.Timeline) ?></div><?cs call:card_end() ?>
<div class="fw-grid4"><?cs each:s = Guide.Stats ?><?cs call:stat(s) ?><?cs /each ?></div>
<?cs call:card_begin("chart", "{{Registrations by month}}") ?><div class="fw-cols fw-cols-half"><?cs call:chart_columns(Guide.Chart) ?><?cs call:chart_line(Guide.Line) ?></div><div class="mt-3"><?cs call:bar(Guide.Bar) ?></div><?cs call:card_end() ?>
<?cs call:card_begin("facts", "{{Facts}}") ?><dl class="fw-dl"><?cs call:dl_row("{{Customer}}", "Kestrel Foods Ltd") ?><?cs call:dl_row("{{Value, USD}}", "61,000.00") ?></dl><?cs call:card_end() ?>
<?cs call:message(Guide.Message) ?>
<?cs call:card_table_begin("conflict", "{{Changed meanwhile}}") ?><?cs call:conflict(Guide.Conflict) ?><?cs call:card_table_end() ?>
<?cs call:confirm("{{End the protection of this deal?}}", "{{The customer becomes free for others at once.}}") ?>
</div>
