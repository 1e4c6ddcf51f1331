<?cs # frame: app ?>
<?cs # What waits for a decision: Queue.{MayDecide,MayRegister,MayFigures,MayRules,IsMine,Csv,Xlsx}, Queue.People.n.{Name,Until,
     Href,Current}, Queue.RowsHtml (part/deal_queue_row.cs);
     List, List.Saved.{Id,Name} ?>
<?cs call:head_begin() ?>
<?cs call:list_export(Queue) ?>
<a class="btn fw-btn" href="/staff/deals/calendar"><?cs call:icon("calendar-time") ?>{{Calendar}}</a>
<?cs if:Queue.MayFigures ?><a class="btn fw-btn fw-hide-s" href="/staff/deals/figures"><?cs call:icon("chart-bar") ?>{{Figures}}</a><?cs /if ?>
<?cs if:Queue.MayRules ?><a class="btn fw-btn fw-hide-s" href="/staff/deals/rules"><?cs call:icon("git-branch") ?>{{Rules}}</a><?cs /if ?>
<?cs if:Queue.MayRegister ?><a class="btn fw-btn" href="/staff/deals/new"><?cs call:icon("plus") ?>{{Register for a partner}}</a><?cs /if ?>
<?cs if:Queue.MayDecide ?><form action="/staff/deals/next" method="post"><input type="hidden" name="form_token" value="<?cs var:Form.Token ?>"><button class="btn btn-primary" type="submit"><?cs call:icon("player-play") ?>{{Take the next one}}</button></form><?cs /if ?>
<?cs call:head_end() ?>
<?cs call:list_views(List) ?>
<?cs call:list_filters(List) ?>
<?cs if:Queue.IsMine && subcount(Queue.People) ?><div class="fw-note mb-3" data-tone="info"><?cs call:icon("user-check") ?><div><p>{{You also decide for:}}</p><ul class="fw-links"><?cs each:person = Queue.People ?><li><a href="<?cs var:person.Href ?>"<?cs if:person.Current ?> aria-current="true"<?cs /if ?>><?cs var:person.Name ?></a> <span class="fw-s fw-2">{{until %s|person.Until}}</span></li><?cs /each ?></ul></div></div><?cs /if ?>
<?cs if:Queue.RowsHtml ?>
<section class="card" aria-label="{{Registrations}}"><table class="fw-table fw-stackable fw-table-hover"><caption class="visually-hidden">{{Deal registrations, soonest deadline first}}</caption><thead><tr><?cs call:th("{{Registration}}", "") ?><?cs call:th("{{Partner}}", "") ?><?cs call:th("{{Product lines}}", "") ?><?cs call:th("{{Estimated value}}", "num") ?><?cs call:th("{{Status}}", "") ?><?cs call:th("{{Conflict check}}", "") ?><?cs call:th("{{Clock}}", "") ?><?cs call:th("{{With}}", "") ?></tr></thead><tbody>
<?cs uvar:Queue.RowsHtml ?></tbody></table><?cs call:list_foot(List) ?></section>
<details class="mt-3"><summary>{{Save this list as a view}}</summary>
<form action="/staff/deals/views" method="post" class="fw-row mt-2" novalidate><input type="hidden" name="form_token" value="<?cs var:Form.Token ?>"><?cs call:hidden("here", List.Here) ?><label class="visually-hidden" for="name">{{Name of the view}}</label><input class="form-control w-auto" id="name" name="name" maxlength="60" placeholder="{{Name of the view}}" required><button class="btn fw-btn" type="submit">{{Save view}}</button></form>
<?cs if:List.Saved.Id ?><form action="/staff/deals/views/delete" method="post" class="mt-2"><input type="hidden" name="form_token" value="<?cs var:Form.Token ?>"><?cs call:hidden("view_id", List.Saved.Id) ?><button class="btn fw-btn" type="submit"><?cs call:icon("trash") ?>{{Delete the view “%s”|List.Saved.Name}}</button></form><?cs /if ?></details>
<?cs elif:Queue.IsMine && !List.Clear ?>
<section class="card" aria-label="{{Registrations}}"><?cs call:empty("circle-check", "{{Nothing waits for you}}", "{{Registrations that you take, or that are given to you, stand here, soonest deadline first.}}", "/staff/deals?view=unassigned", "{{Look at what nobody has}}") ?></section>
<?cs else ?>
<section class="card" aria-label="{{Registrations}}"><?cs call:list_none(List, "{{No registrations here}}") ?></section>
<?cs /if ?>
