<?cs # frame: app ?>
<?cs # Questions to applicants, or steps of the checklist: Items.{Help,Add,New,None,NoneHelp,Icon,MayEdit}, .Rows.n.{Text,Sort,Required,Switch,Href} ?>
<?cs call:head_begin() ?><?cs if:Items.MayEdit ?><?cs call:button_link(Items.New, Items.Add, "plus", "primary") ?><?cs /if ?><?cs call:head_end() ?>
<p class="fw-2"><?cs var:Items.Help ?></p>
<section class="card" aria-label="<?cs var:Page.Title ?>"><?cs if:subcount(Items.Rows) ?><table class="fw-table fw-stackable fw-table-hover"><caption class="visually-hidden">{{In their order, those in use first}}</caption><thead><tr><th scope="col"><?cs var:Page.Title ?></th><th scope="col">{{Required}}</th><th scope="col" class="num">{{Order}}</th><th scope="col">{{State}}</th></tr></thead><tbody>
<?cs each:i = Items.Rows ?><tr><th scope="row"><?cs if:Items.MayEdit ?><a href="<?cs var:i.Href ?>"><?cs var:i.Text ?></a><?cs else ?><?cs var:i.Text ?><?cs /if ?></th><td data-label="{{Required}}"><?cs if:i.Required ?>{{Yes}}<?cs else ?>–<?cs /if ?></td><td class="num" data-label="{{Order}}"><?cs var:i.Sort ?></td><td data-label="{{State}}"><?cs call:status(i.Switch) ?></td></tr>
<?cs /each ?></tbody></table><?cs elif:Items.MayEdit ?><?cs call:empty(Items.Icon, Items.None, Items.NoneHelp, Items.New, Items.Add) ?><?cs else ?><?cs call:empty(Items.Icon, Items.None, Items.NoneHelp, "", "") ?><?cs /if ?></section>
