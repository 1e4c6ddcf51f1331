<?cs # frame: app ?>
<?cs # Opportunities.{Base,IsStaff,MayEdit,Tabs.n,Csv,Xlsx,IsFirst}, Opportunities.Invitations.n.{Title,Href,Customer,Role,Due}, Opportunities.RowsHtml (part/opportunity_row.cs); List, List.Saved.{Id,Name} ?>
<?cs call:head_begin() ?>
<?cs call:list_export(Opportunities) ?>
<?cs if:Opportunities.MayEdit ?><?cs call:button_link(Opportunities.Base + "/new", "{{New opportunity}}", "plus", "primary") ?><?cs /if ?>
<?cs call:head_end() ?>
<?cs call:tabs(Opportunities.Tabs, "{{Ways to look at opportunities}}") ?>
<?cs if:subcount(Opportunities.Invitations) ?><section class="card mb-3" aria-labelledby="invited-h"><div class="fw-card-h"><h2 class="fw-h2" id="invited-h">{{You are invited}}</h2></div><ul class="fw-work"><?cs each:item = Opportunities.Invitations ?><li><span class="fw-dot" data-tone="wait"><?cs call:icon("mail") ?></span><div><p class="fw-t"><?cs var:item.Title ?></p><p class="fw-s fw-2"><?cs var:item.Customer ?> · <?cs var:item.Role ?></p></div><span class="fw-clock" data-tone="wait"><?cs call:icon_s("clock") ?><?cs call:at(item.Due) ?></span><a class="btn fw-btn btn-sm" href="<?cs var:item.Href ?>">{{Answer}}<span class="visually-hidden">: <?cs var:item.Title ?></span></a></li><?cs /each ?></ul></section><?cs /if ?>
<?cs call:list_views(List) ?>
<?cs call:list_filters(List) ?>
<?cs if:Opportunities.RowsHtml ?>
<section class="card" aria-label="{{Opportunities}}"><table class="fw-table fw-stackable fw-table-hover"><caption class="visually-hidden">{{Opportunities}}</caption><thead><tr>
<?cs call:th("{{Opportunity}}", "") ?>
<?cs call:th("{{Stage}}", "") ?>
<?cs call:th("{{Amount}}", "num") ?>
<?cs call:list_th(List.Sort.close, "{{Expected close}}", "") ?>
<?cs call:th("{{Next step}}", "") ?>
<?cs call:th("{{Owner}}", "") ?>
<?cs call:list_th(List.Sort.updated, "{{Changed}}", "") ?>
</tr></thead><tbody>
<?cs uvar:Opportunities.RowsHtml ?></tbody></table><?cs call:list_foot(List) ?></section>
<details class="mt-3"><summary>{{Save this list as a view}}</summary>
<form action="<?cs var:Opportunities.Base ?>/views" method="post" class="fw-row mt-2" novalidate><input type="hidden" name="form_token" value="<?cs var:Form.Token ?>"><?cs call:hidden("here", List.Here) ?><label class="visually-hidden" for="name">{{Name of the view}}</label><input class="form-control w-auto" id="name" name="name" maxlength="60" placeholder="{{Name of the view}}" required><button class="btn fw-btn" type="submit">{{Save view}}</button></form>
<?cs if:List.Saved.Id ?><form action="<?cs var:Opportunities.Base ?>/views/delete" method="post" class="mt-2"><input type="hidden" name="form_token" value="<?cs var:Form.Token ?>"><?cs call:hidden("view_id", List.Saved.Id) ?><button class="btn fw-btn" type="submit"><?cs call:icon("trash") ?>{{Delete the view “%s”|List.Saved.Name}}</button></form><?cs /if ?></details>
<?cs elif:Opportunities.IsFirst ?>
<section class="card" aria-label="{{Opportunities}}"><?cs if:Opportunities.MayEdit ?><?cs call:empty("target-arrow", "{{No open opportunities}}", "{{A sale that you work on, from the first talk to the order. A registration that was approved becomes one, too.}}", Opportunities.Base + "/new", "{{New opportunity}}") ?><?cs else ?><?cs call:empty("target-arrow", "{{No open opportunities}}", "{{What is sold, or may be, stands here.}}", "", "") ?><?cs /if ?></section>
<?cs else ?>
<section class="card" aria-label="{{Opportunities}}"><?cs call:list_none(List, "{{No opportunities here}}") ?></section>
<?cs /if ?>
