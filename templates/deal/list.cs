<?cs # frame: app ?>
<?cs # Deals.{MayEdit,MayCheck,Csv,Xlsx,IsFirst}, Deals.RowsHtml (part/deal_row.cs); List, List.Saved.{Id,Name} ?>
<?cs call:head_begin() ?>
<?cs call:list_export(Deals) ?>
<a class="btn fw-btn" href="/partner/deals/calendar"><?cs call:icon("calendar-time") ?>{{Calendar}}</a>
<?cs if:Deals.MayFigures ?><a class="btn fw-btn fw-hide-s" href="/partner/deals/figures"><?cs call:icon("chart-bar") ?>{{Figures}}</a><?cs /if ?>
<?cs if:Deals.MayCheck ?><?cs call:button_link("/partner/free", "{{Is it free?}}", "search", "normal") ?><?cs /if ?>
<?cs if:Deals.MayEdit ?><a class="btn fw-btn fw-hide-s" href="/partner/deals/bulk"><?cs call:icon("upload") ?>{{Register from a list}}</a><?cs /if ?>
<?cs if:Deals.MayEdit ?><?cs call:button_link("/partner/deals/new", "{{Register a deal}}", "plus", "primary") ?><?cs /if ?>
<?cs call:head_end() ?>
<?cs call:list_views(List) ?>
<?cs call:list_filters(List) ?>
<?cs if:Deals.RowsHtml ?>
<section class="card" aria-label="{{Registrations}}"><table class="fw-table fw-stackable fw-table-hover"><caption class="visually-hidden">{{Deal registrations}}</caption><thead><tr>
<?cs call:list_th(List.Sort.company, "{{Registration}}", "") ?>
<?cs call:th("{{Status}}", "") ?>
<?cs call:th("{{Estimated value}}", "num") ?>
<?cs call:list_th(List.Sort.close, "{{Expected close}}", "") ?>
<?cs call:th("{{Next date}}", "") ?>
<?cs call:th("{{Sales person}}", "") ?>
<?cs call:list_th(List.Sort.updated, "{{Changed}}", "") ?>
</tr></thead><tbody>
<?cs uvar:Deals.RowsHtml ?></tbody></table><?cs call:list_foot(List) ?></section>
<details class="mt-3"><summary>{{Save this list as a view}}</summary>
<form action="/partner/deals/views" method="post" class="fw-row mt-2" novalidate><input type="hidden" name="form_token" value="<?cs var:Form.Token ?>"><?cs call:hidden("here", List.Here) ?><label class="visually-hidden" for="name">{{Name of the view}}</label><input class="form-control w-auto" id="name" name="name" maxlength="60" placeholder="{{Name of the view}}" required><button class="btn fw-btn" type="submit">{{Save view}}</button></form>
<?cs if:List.Saved.Id ?><form action="/partner/deals/views/delete" method="post" class="mt-2"><input type="hidden" name="form_token" value="<?cs var:Form.Token ?>"><?cs call:hidden("view_id", List.Saved.Id) ?><button class="btn fw-btn" type="submit"><?cs call:icon("trash") ?>{{Delete the view “%s”|List.Saved.Name}}</button></form><?cs /if ?></details>
<?cs elif:Deals.IsFirst ?>
<section class="card" aria-label="{{Registrations}}"><?cs if:Deals.MayEdit ?><?cs call:empty("shield-check", "{{No registrations yet}}", "{{Tell the vendor about a sale you work on first: your place in line is the time you submit, and for a time nobody else is given the same deal.}}", "/partner/deals/new", "{{Register a deal}}") ?><?cs else ?><?cs call:empty("shield-check", "{{No registrations yet}}", "{{What your company registers stands here.}}", "", "") ?><?cs /if ?></section>
<?cs else ?>
<section class="card" aria-label="{{Registrations}}"><?cs call:list_none(List, "{{No registrations here}}") ?></section>
<?cs /if ?>
