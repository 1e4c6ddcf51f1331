<?cs # The head of an HTML page.  Reads Page.{Title,Lang,Theme,Brand}. ?>
<!DOCTYPE html>
<html lang="<?cs var:Page.Lang ?>" data-bs-theme="<?cs if:Page.Theme ?><?cs var:Page.Theme ?><?cs else ?>light<?cs /if ?>">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title><?cs var:Page.Title ?> – <?cs var:Page.Brand.Name ?></title>
<meta name="color-scheme" content="light dark">
<link rel="icon" href="{{asset:favicon.svg}}" type="image/svg+xml">
<link rel="stylesheet" href="{{asset:fairway.css}}">
<?cs if:Page.Brand.Sheet ?><link rel="stylesheet" href="<?cs var:Page.Brand.Sheet ?>">
<?cs /if ?><?cs if:!Page.Theme ?><script src="{{asset:theme.js}}"></script><?cs /if ?>
<script src="{{asset:page.js}}" defer></script>
