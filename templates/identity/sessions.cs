<?cs # frame: app ?>
<?cs # Own sessions.  Reads Tabs, Sessions.n.{Id,Browser,Address,Began,Seen,This}, Others, Form.Token. ?>
<?cs call:head() ?>
<?cs call:tabs(Tabs, "{{Parts of my account}}") ?>
<?cs call:card_table_begin("sessions", "{{Where you are logged in}}") ?>
<table class="fw-table fw-stackable"><caption class="visually-hidden">{{Your sessions}}</caption>
<thead><tr><?cs call:th("{{Browser}}", "") ?><?cs call:th("{{Address}}", "") ?><?cs call:th("{{Logged in}}", "") ?><?cs call:th("{{Last used}}", "") ?><?cs call:th_actions() ?></tr></thead>
<tbody><?cs each:row = Sessions ?><tr>
<th scope="row"><?cs if:row.Browser ?><?cs var:row.Browser ?><?cs else ?>{{Unknown browser}}<?cs /if ?></th>
<td data-label="{{Address}}"><?cs var:row.Address ?></td>
<td data-label="{{Logged in}}"><?cs call:at(row.Began) ?></td>
<td data-label="{{Last used}}"><?cs if:row.This ?>{{Now, this browser}}<?cs else ?><?cs call:at(row.Seen) ?><?cs /if ?></td>
<td><?cs if:!row.This ?><form action="/account/sessions/<?cs var:row.Id ?>/end" method="post"><?cs call:hidden("form_token", Form.Token) ?><button class="btn fw-btn btn-sm" type="submit">{{Log out}}<span class="visually-hidden"> <?cs var:row.Browser ?></span></button></form><?cs /if ?></td>
</tr><?cs /each ?></tbody></table>
<?cs if:Others ?><div class="fw-card-f"><form action="/account/sessions/end" method="post" class="fw-row"><?cs call:hidden("form_token", Form.Token) ?><button class="btn fw-btn fw-btn-bad btn-sm" type="submit">{{Log out everywhere else}}</button><span class="fw-2">{{Drafts are kept.}}</span></form></div><?cs /if ?>
<?cs call:card_table_end() ?>
