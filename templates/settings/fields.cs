<?cs # frame: app ?>
<?cs # Fields of the vendor's own: MayEdit, Kinds.n.{Code,Label,New}, Kinds.n.Rows.n.{Name,Code,Type,Required,Sort,Switch,Href} ?>
<?cs call:head() ?>
<p class="fw-2">{{A field stands on the forms and pages of its records as the portal’s own do. One that is off is asked for and shown no more; what records have in it is kept.}}</p>
<div class="fw-stack">
<?cs each:k = Kinds ?><section class="card" id="<?cs var:k.Code ?>" aria-labelledby="<?cs var:k.Code ?>-h"><div class="fw-card-h"><h2 class="fw-h2" id="<?cs var:k.Code ?>-h"><?cs var:k.Label ?></h2><?cs if:MayEdit ?><a class="btn fw-btn btn-sm" href="<?cs var:k.New ?>"><?cs call:icon("plus") ?>{{New field}}<span class="visually-hidden">: <?cs var:k.Label ?></span></a><?cs /if ?></div>
<?cs if:subcount(k.Rows) ?><table class="fw-table fw-stackable fw-table-hover"><caption class="visually-hidden"><?cs var:k.Label ?></caption><thead><tr><th scope="col">{{Field}}</th><th scope="col">{{Key}}</th><th scope="col">{{Type}}</th><th scope="col">{{Required}}</th><th scope="col" class="num">{{Order}}</th><th scope="col">{{State}}</th></tr></thead><tbody>
<?cs each:f = k.Rows ?><tr><th scope="row"><?cs if:MayEdit ?><a href="<?cs var:f.Href ?>"><?cs var:f.Name ?></a><?cs else ?><?cs var:f.Name ?><?cs /if ?></th><td data-label="{{Key}}"><span class="fw-code"><?cs var:f.Code ?></span></td><td data-label="{{Type}}"><?cs var:f.Type ?></td><td data-label="{{Required}}"><?cs if:f.Required ?>{{Yes}}<?cs else ?>{{No}}<?cs /if ?></td><td class="num" data-label="{{Order}}"><?cs var:f.Sort ?></td><td data-label="{{State}}"><?cs call:status(f.Switch) ?></td></tr>
<?cs /each ?></tbody></table><?cs else ?><div class="fw-card-b"><p class="fw-2 m-0">{{No custom fields yet.}}</p></div><?cs /if ?></section>
<?cs /each ?></div>
