// What makes every page quicker to use? Nothing here is needed for the page to work.
