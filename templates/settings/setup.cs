<?cs # frame: app ?>
<?cs # The way to what staff set up: Places.n.{Label,Help,Href,Icon} ?>
<?cs call:head() ?>
<ul class="fw-grid2 list-unstyled"><?cs each:p = Places ?><li class="card position-relative"><div class="fw-card-b"><h2 class="fw-h2"><?cs call:icon(p.Icon) ?> <a class="stretched-link" href="<?cs var:p.Href ?>"><?cs var:p.Label ?></a></h2><p class="fw-2 m-0"><?cs var:p.Help ?></p></div></li><?cs /each ?></ul>
