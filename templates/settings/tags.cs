<?cs # frame: app ?>
<?cs # The tags of companies: MayEdit, Rows.n.{Name,Accounts,Href} ?>
<?cs call:head() ?>
<p class="fw-2">{{Words that staff put on companies, to find them by. New ones are made on a company’s page.}}</p>
<section class="card" aria-label="{{Tags}}"><?cs if:subcount(Rows) ?><table class="fw-table fw-table-hover"><caption class="visually-hidden">{{Tags by name, with how many companies have each}}</caption><thead><tr><th scope="col">{{Tag}}</th><th scope="col" class="num">{{Companies}}</th></tr></thead><tbody>
<?cs each:t = Rows ?><tr><th scope="row"><?cs if:MayEdit ?><a href="<?cs var:t.Href ?>"><?cs var:t.Name ?></a><?cs else ?><?cs var:t.Name ?><?cs /if ?></th><td class="num"><?cs var:t.Accounts ?></td></tr>
<?cs /each ?></tbody></table><?cs else ?><?cs call:empty("tag", "{{No tags yet}}", "{{Put the first on a company, on its page.}}", "/staff/accounts", "{{Accounts}}") ?><?cs /if ?></section>
