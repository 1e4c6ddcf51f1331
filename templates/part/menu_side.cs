<?cs # frame: none ?>
<?cs # The menu of the side bar: Nav.n.{Heading,Items.n.{Label,Href,Icon,Current,Count}} ?>
<?cs each:group = Nav ?><?cs if:group.Heading ?><p class="fw-nav-h"><?cs var:group.Heading ?></p><?cs /if ?><ul class="fw-nav"><?cs
 each:item = group.Items ?><li><a href="<?cs var:item.Href ?>"<?cs if:item.Current ?> aria-current="page"<?cs /if ?>><?cs call:icon(item.Icon) ?><span><?cs var:item.Label ?></span><?cs
  if:item.Count ?><span class="fw-count"><?cs var:item.Count ?><span class="visually-hidden"> {{waiting}}</span></span><?cs /if ?></a></li><?cs /each ?></ul>
<?cs /each ?>
