-- A claim that ends in good order is given back as if it had not been made: nothing has to be excused any more.
alter table jobs drop column excused;
