<?cs # frame: app ?>
<?cs # One application: Application as cgi/programme/programme_review.c fills it; Form is that of accepting, Reject that of
     refusing. ?>
<?cs call:head_begin() ?>
<?cs if:Application.May.Check ?><form action="<?cs var:Application.Href ?>/check" method="post"><input type="hidden" name="form_token" value="<?cs var:Form.Token ?>"><button class="btn fw-btn" type="submit"><?cs call:icon("refresh") ?>{{Compare again}}</button></form><?cs /if ?>
<?cs if:Application.May.Take ?><form action="<?cs var:Application.Href ?>/take" method="post"><input type="hidden" name="form_token" value="<?cs var:Form.Token ?>"><?cs call:hidden("row_version", Application.Version) ?><button class="btn btn-primary" type="submit"><?cs call:icon("eye") ?>{{Take it}}</button></form><?cs /if ?>
<?cs call:head_end() ?>
<?cs if:Application.Purged.Text ?><div class="fw-note mb-3" data-tone="neutral"><?cs call:icon("archive") ?><p>{{What it said of the company was removed on %s. Its number, its dates and what came of it stay.|Application.Purged.Text}}</p></div><?cs /if ?>
<?cs if:Application.Reason ?><div class="fw-note mb-3" data-tone="bad"><?cs call:icon("x") ?><p>{{Refused: “%s”|Application.Reason}}</p></div><?cs /if ?>
<?cs if:Application.PartnerHref ?><div class="fw-note mb-3" data-tone="good"><?cs call:icon("circle-check") ?><p>{{It became a partner:}} <a href="<?cs var:Application.PartnerHref ?>"><?cs var:Application.Partner ?></a></p></div><?cs /if ?>
<div class="fw-cols fw-cols-w"><div class="fw-stack">
<?cs if:!Application.Purged.Text ?><?cs call:card_table_begin("matches", "{{Is it a company that we know?}}") ?>
<?cs if:subcount(Application.Matches) ?><table class="fw-table fw-stackable"><caption class="visually-hidden">{{Companies that it may be}}</caption><thead><tr><th scope="col">{{Account}}</th><th scope="col">{{Verdict}}</th><th scope="col">{{Evidence}}</th></tr></thead><tbody>
<?cs each:m = Application.Matches ?><tr><th scope="row"><a href="<?cs var:m.Href ?>"><?cs var:m.Name ?></a><br><span class="fw-s fw-2"><?cs var:m.Kind ?> <span class="tnum"><?cs var:m.Id ?></span> · <?cs var:m.Country ?></span></th><td data-label="{{Verdict}}"><?cs call:status(m.Verdict) ?> <span class="tnum"><?cs var:m.Score ?></span></td><td data-label="{{Evidence}}"><?cs var:m.Rule ?><?cs if:m.Equal ?><br>{{same: %s|m.Equal}}<?cs /if ?><?cs if:m.Differ ?><br>{{differ: %s|m.Differ}}<?cs /if ?><?cs if:m.Caps ?><br><?cs var:m.Caps ?><?cs /if ?></td></tr><?cs /each ?></tbody></table>
<?cs elif:Application.IsChecked ?><div class="fw-card-b"><p class="fw-2 m-0">{{Nothing that we know looks like it.}}</p></div>
<?cs else ?><div class="fw-card-b"><p class="fw-2 m-0">{{It is being compared. Load the page again in a moment.}}</p></div><?cs /if ?><?cs call:card_table_end() ?><?cs /if ?>
<?cs if:subcount(Application.Same.Rows) ?><?cs call:card_table_begin("same", "{{Other applications of the same address, tax number or domain}}") ?><ul class="fw-list"><?cs each:s = Application.Same.Rows ?><li class="fw-card-b fw-row fw-between"><span><a class="fw-id" href="<?cs var:s.Href ?>"><?cs var:s.Number ?></a> <?cs var:s.Company ?></span><?cs call:status(s.Status) ?></li><?cs /each ?></ul><?cs call:card_table_end() ?><?cs /if ?>
<?cs if:subcount(Application.Answers) ?><?cs call:card_begin("answers", "{{Answers}}") ?><?cs each:q = Application.Answers ?><h3><?cs var:q.Question ?></h3><?cs each:p = q.Paragraphs ?><p><?cs var:p.Text ?></p><?cs /each ?><?cs /each ?><?cs call:card_end() ?><?cs /if ?>
<?cs if:!Application.Purged.Text ?><?cs call:card_begin("documents", "{{Documents}}") ?><?cs if:subcount(Application.Files) ?><ul class="m-0"><?cs each:f = Application.Files ?><li><a href="<?cs var:f.Href ?>" download><?cs var:f.Name ?></a> <span class="fw-s fw-2"><?cs var:f.Size ?></span></li><?cs /each ?></ul><?cs else ?><p class="fw-2 m-0">{{None were sent.}}</p><?cs /if ?><?cs call:card_end() ?><?cs /if ?>
</div><div class="fw-stack">
<?cs if:Application.Clock.Text ?><?cs call:card_begin("clock", "{{Answer due}}") ?><?cs call:clock(Application.Clock) ?><p class="fw-s fw-2 mt-2 mb-0">{{Due by %s; business time counts.|Application.ClockDue.Text}}<?cs if:Application.ClockOpens.Text ?> {{The office is closed; the clock runs again from %s.|Application.ClockOpens.Text}}<?cs /if ?></p><?cs call:card_end() ?><?cs /if ?>
<?cs if:Application.May.Accept ?><?cs call:card_begin("accept", "{{Accept}}") ?><form action="<?cs var:Application.Href ?>/accept" method="post" class="fw-stack-s" novalidate>
<?cs call:form_head() ?><?cs call:hidden("row_version", Application.Version) ?>
<?cs call:field(Form.F.email, "", "{{Gets the invitation, and is the company’s first administrator.}}", "off") ?>
<?cs call:field(Form.F.join, "", "{{Empty: a new partner is made.}}", "off") ?>
<?cs call:field_select(Form.F.tier_id, "", "", "{{None}}") ?>
<?cs call:field_select(Form.F.department_id, "", "", "{{None: the whole company}}") ?>
<?cs call:field_select(Form.F.currency, "", "", "") ?>
<?cs call:field_select(Form.F.zone, "", "", "") ?>
<?cs call:submit("{{Accept and invite}}", "circle-check", "submit", "primary") ?>
<p class="fw-s fw-2 m-0">{{They accept the agreement first; nothing else is possible before.}}</p></form><?cs call:card_end() ?><?cs /if ?>
<?cs if:Application.May.Reject ?><?cs call:card_begin("reject", "{{Refuse}}") ?><form action="<?cs var:Application.Href ?>/reject" method="post" class="fw-stack-s" novalidate>
<?cs if:!Application.May.Accept ?><?cs call:form_head() ?><?cs else ?><input type="hidden" name="form_token" value="<?cs var:Form.Token ?>"><?cs /if ?><?cs call:hidden("row_version", Application.Version) ?>
<?cs call:field_rows(Reject.F.reason, "", "", "3") ?>
<?cs call:submit("{{Refuse}}", "x", "", "normal") ?></form><?cs call:card_end() ?><?cs /if ?>
<?cs call:card_begin("facts", "{{Facts}}") ?><dl class="fw-dl"><?cs each:f = Application.Facts ?><?cs call:dl_row(f.Label, f.Value) ?><?cs /each ?></dl><?cs call:card_end() ?>
</div></div>
