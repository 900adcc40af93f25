-- How many services were started on this database, so that each has a number that no other has lately.
create table service_starts (started bigint not null);
insert into service_starts (started) values (0);
