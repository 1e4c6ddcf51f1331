<?cs # frame: app ?>
<?cs # A list of 25 rows as the portal's lists are: what tests/bench/page_cost.c counts the instructions of. ?>
<?cs include:"layout/list.cs" ?>
<?cs call:head_begin() ?><?cs call:button_link("/partner/deals/new", "{{Register a deal}}", "plus", "primary") ?><?cs call:head_end() ?>
<?cs call:list_views(List) ?>
<?cs call:list_filters(List) ?>
<section class="card" aria-label="{{Registrations}}"><table class="fw-table fw-stackable fw-table-hover"><caption class="visually-hidden">{{Deal registrations, newest first}}</caption><thead><tr><?cs call:list_th(List.Sort.number, "{{Registration}}", "") ?><?cs call:th("{{Status}}", "") ?><?cs call:list_th(List.Sort.value, "{{Value, USD}}", "num") ?></tr></thead><tbody>
<?cs each:row = List.Rows ?>
<tr><th scope="row"><a class="fw-id" href="/partner/deals/<?cs var:row.Number ?>"><?cs var:row.Number ?></a><br><?cs var:row.Customer ?></th><td data-label="{{Status}}"><?cs call:status(row.Status) ?></td><td class="num" data-label="{{Value, USD}}"><?cs var:row.Value ?></td></tr>
<?cs /each ?>
</tbody></table><?cs call:list_foot(List) ?></section>
