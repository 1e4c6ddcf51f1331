<?cs # frame: app ?>
<?cs # Companies: Accounts.{MayEdit,View,Csv,Xlsx}, Accounts.Rows.n.{Id,Href,Name,Kind,Country,City,Tier,Group,Named,Updated}; List ?>
<?cs call:head_begin() ?><?cs call:list_export(Accounts) ?><?cs if:Accounts.MayEdit ?><?cs call:button_link("/staff/accounts/bin", "{{Bin}}", "trash", "normal") ?><?cs call:button_link("/staff/accounts/new", "{{New account}}", "plus", "primary") ?><?cs /if ?><?cs call:head_end() ?>
<?cs call:list_views(List) ?>
<?cs call:list_filters(List) ?>
<section class="card" aria-label="{{Accounts}}">
<?cs if:subcount(Accounts.Rows) ?><table class="fw-table fw-stackable fw-table-hover"><caption class="visually-hidden">{{Accounts, last changed first}}</caption><thead><tr><?cs call:th("{{Company name}}", "") ?><?cs call:th("{{Kind}}", "") ?><?cs call:th("{{City}}", "") ?><?cs call:th("{{Country}}", "") ?><?cs call:th("{{Tier}}", "") ?><?cs call:th("{{Group}}", "num") ?><?cs call:th("{{Changed}}", "") ?></tr></thead><tbody>
<?cs each:row = Accounts.Rows ?><tr><th scope="row"><span><a href="<?cs var:row.Href ?>"><?cs var:row.Name ?></a><br><span class="fw-s fw-2 tnum"><?cs var:row.Id ?></span><?cs if:row.Named ?> <span class="fw-status" data-tone="bad"><?cs call:icon("lock") ?>{{Named account}}</span><?cs /if ?></span></th><td data-label="{{Kind}}"><?cs call:status(row.Kind) ?></td><td data-label="{{City}}"><?cs if:row.City ?><?cs var:row.City ?><?cs else ?>–<?cs /if ?></td><td data-label="{{Country}}"><?cs var:row.Country ?></td><td data-label="{{Tier}}"><?cs if:row.Tier ?><?cs var:row.Tier ?><?cs else ?>–<?cs /if ?></td><td class="num" data-label="{{Group}}"><?cs if:row.Group ?><?cs var:row.Group ?><?cs else ?>–<?cs /if ?></td><td data-label="{{Changed}}"><?cs call:at(row.Updated) ?></td></tr>
<?cs /each ?></tbody></table><?cs call:list_foot(List) ?>
<?cs elif:List.Clear ?><?cs call:list_none(List, "{{No accounts fit}}") ?>
<?cs else ?><?cs call:empty("building", "{{No accounts here yet}}", "{{Companies come from registrations, from an import, or by hand.}}", "", "") ?><?cs /if ?>
</section>
