<?cs # frame: app ?>
<?cs # Product lines: MayEdit, Rows.n.{Name,Code,Sort,Switch,Href} ?>
<?cs call:head_begin() ?><?cs if:MayEdit ?><?cs call:button_link("/staff/setup/lines/new", "{{New product line}}", "plus", "primary") ?><?cs /if ?><?cs call:head_end() ?>
<p class="fw-2">{{A line that is off cannot be chosen any more; what names it keeps it.}}</p>
<section class="card" aria-label="{{Product lines}}"><?cs if:subcount(Rows) ?><table class="fw-table fw-stackable fw-table-hover"><caption class="visually-hidden">{{Product lines, in their order}}</caption><thead><tr><th scope="col">{{Product line}}</th><th scope="col">{{Code}}</th><th scope="col" class="num">{{Order}}</th><th scope="col">{{State}}</th></tr></thead><tbody>
<?cs each:l = Rows ?><tr><th scope="row"><?cs if:MayEdit ?><a href="<?cs var:l.Href ?>"><?cs var:l.Name ?></a><?cs else ?><?cs var:l.Name ?><?cs /if ?></th><td data-label="{{Code}}"><?cs var:l.Code ?></td><td class="num" data-label="{{Order}}"><?cs var:l.Sort ?></td><td data-label="{{State}}"><?cs call:status(l.Switch) ?></td></tr>
<?cs /each ?></tbody></table><?cs else ?><?cs call:empty("box", "{{No product lines yet}}", "{{Deals are registered for product lines: make the first.}}", "", "") ?><?cs /if ?></section>
