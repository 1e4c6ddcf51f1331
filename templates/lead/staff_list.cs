<?cs # frame: app ?>
<?cs # Leads for staff: Leads.{MayEdit,MayRules,Csv,Xlsx,IsFirst,RowsHtml} (part/lead_row.cs); List, List.Saved.{Id,Name} ?>
<?cs call:head_begin() ?>
<?cs call:list_export(Leads) ?>
<a class="btn fw-btn" href="/staff/leads/partners"><?cs call:icon("users") ?>{{Partners}}</a>
<?cs if:Leads.MayRules ?><a class="btn fw-btn" href="/staff/leads/rules"><?cs call:icon("git-branch") ?>{{Rules}}</a><?cs /if ?>
<?cs if:Leads.MayEdit ?><?cs call:button_link("/staff/leads/new", "{{New lead}}", "plus", "primary") ?><?cs /if ?>
<?cs call:head_end() ?>
<?cs call:list_views(List) ?>
<?cs call:list_filters(List) ?>
<?cs if:Leads.RowsHtml ?>
<section class="card" aria-label="{{Leads}}"><table class="fw-table fw-stackable fw-table-hover"><caption class="visually-hidden">{{Leads, last changed first}}</caption><thead><tr><?cs call:th("{{Lead}}", "") ?><?cs call:th("{{Status}}", "") ?><?cs call:th("{{Product line}}", "") ?><?cs call:th("{{Score}}", "num") ?><?cs call:th("{{Time left}}", "") ?><?cs call:th("{{Partner}}", "") ?><?cs call:th("{{Changed}}", "") ?></tr></thead><tbody>
<?cs uvar:Leads.RowsHtml ?></tbody></table><?cs call:list_foot(List) ?></section>
<details class="mt-3"><summary>{{Save this list as a view}}</summary>
<form action="/staff/leads/views" method="post" class="fw-row mt-2" novalidate><input type="hidden" name="form_token" value="<?cs var:Form.Token ?>"><?cs call:hidden("here", List.Here) ?><label class="visually-hidden" for="name">{{Name of the view}}</label><input class="form-control w-auto" id="name" name="name" maxlength="60" placeholder="{{Name of the view}}" required><button class="btn fw-btn" type="submit">{{Save view}}</button></form>
<?cs if:List.Saved.Id ?><form action="/staff/leads/views/delete" method="post" class="mt-2"><input type="hidden" name="form_token" value="<?cs var:Form.Token ?>"><?cs call:hidden("view_id", List.Saved.Id) ?><button class="btn fw-btn" type="submit"><?cs call:icon("trash") ?>{{Delete the view “%s”|List.Saved.Name}}</button></form><?cs /if ?></details>
<?cs elif:Leads.IsFirst ?>
<section class="card" aria-label="{{Leads}}"><?cs call:empty("circle-check", "{{Every lead has a partner}}", "{{What comes in, is declined or taken back stands here until a partner has it.}}", "/staff/leads?view=all", "{{Look at all leads}}") ?></section>
<?cs else ?>
<section class="card" aria-label="{{Leads}}"><?cs call:list_none(List, "{{No leads here}}") ?></section>
<?cs /if ?>
