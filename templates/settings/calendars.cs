<?cs # frame: app ?>
<?cs # Business calendars: MayEdit, Rows.n.{Name,Place,Zone,Href} ?>
<?cs call:head_begin() ?><?cs if:MayEdit ?><?cs call:button_link("/staff/setup/calendars/new", "{{New business calendar}}", "plus", "primary") ?><?cs /if ?><?cs call:head_end() ?>
<p class="fw-2">{{A decision is due in the business hours of the partner’s country.}}</p>
<section class="card" aria-label="{{Business calendars}}"><table class="fw-table fw-stackable fw-table-hover"><caption class="visually-hidden">{{Business calendars}}</caption><thead><tr><th scope="col">{{Calendar}}</th><th scope="col">{{Holds for}}</th><th scope="col">{{Time zone}}</th></tr></thead><tbody>
<?cs each:c = Rows ?><tr><th scope="row"><a href="<?cs var:c.Href ?>"><?cs var:c.Name ?></a></th><td data-label="{{Holds for}}"><?cs var:c.Place ?></td><td data-label="{{Time zone}}"><?cs var:c.Zone ?></td></tr>
<?cs /each ?></tbody></table></section>
