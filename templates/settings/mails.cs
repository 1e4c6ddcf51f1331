<?cs # frame: app ?>
<?cs # The mails and their words: MayEdit, Rows.n.{Label,Name,Title,Href,State} ?>
<?cs call:head() ?>
<p class="fw-2">{{What each mail says, and what you say instead. Who reads Chinese gets the Chinese words.}}</p>
<section class="card" aria-label="{{Words of mails}}"><table class="fw-table fw-stackable fw-table-hover"><caption class="visually-hidden">{{The mails of the portal, in the order of what people are told}}</caption><thead><tr><th scope="col">{{Mail}}</th><th scope="col">{{Subject}}</th><th scope="col">{{Words}}</th></tr></thead><tbody>
<?cs each:m = Rows ?><tr><th scope="row"><a href="<?cs var:m.Href ?>"><?cs var:m.Label ?></a></th><td data-label="{{Subject}}"><?cs var:m.Title ?></td><td data-label="{{Words}}"><?cs call:status(m.State) ?></td></tr>
<?cs /each ?></tbody></table></section>
