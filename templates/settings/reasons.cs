<?cs # frame: app ?>
<?cs # Reasons of decisions: MayEdit, Groups.n.{Title,Id,Rows.n.{Text,Sort,Switch,Href}} ?>
<?cs call:head_begin() ?><?cs if:MayEdit ?><?cs call:button_link("/staff/setup/reasons/new", "{{New reason}}", "plus", "primary") ?><?cs /if ?><?cs call:head_end() ?>
<p class="fw-2">{{The partner reads the reason, in its language. One that is off cannot be given any more; registrations that have it keep it.}}</p>
<div class="fw-stack"><?cs each:g = Groups ?><?cs call:card_table_begin(g.Id, g.Title) ?><table class="fw-table fw-stackable fw-table-hover"><caption class="visually-hidden"><?cs var:g.Title ?></caption><thead><tr><th scope="col">{{Reason}}</th><th scope="col" class="num">{{Order}}</th><th scope="col">{{State}}</th></tr></thead><tbody>
<?cs each:r = g.Rows ?><tr><th scope="row"><?cs if:MayEdit ?><a href="<?cs var:r.Href ?>"><?cs var:r.Text ?></a><?cs else ?><?cs var:r.Text ?><?cs /if ?></th><td class="num" data-label="{{Order}}"><?cs var:r.Sort ?></td><td data-label="{{State}}"><?cs call:status(r.Switch) ?></td></tr>
<?cs /each ?></tbody></table><?cs call:card_table_end() ?><?cs /each ?></div>
