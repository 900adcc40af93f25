-- Every catalog that a tenant had. `document` is YAML whose secrets are replaced by markers.
create table catalog_revisions (
    tenant varchar(63) not null references tenants (id),
    revision bigint not null,
    document text not null,
    hash varchar(64) not null,
    author varchar(200) not null,
    note varchar(1000) not null,
    created timestamp with time zone not null,
    primary key (tenant, revision)
);

-- The revision that is live.
create table catalog_heads (
    tenant varchar(63) primary key references tenants (id),
    revision bigint not null,
    foreign key (tenant, revision) references catalog_revisions (tenant, revision)
);

-- Secrets that markers stand for, encrypted and bound to tenant, expert, address and field.
create table sealed_secrets (
    tenant varchar(63) not null references tenants (id),
    fingerprint varchar(32) not null,
    sealed text not null,
    created timestamp with time zone not null,
    primary key (tenant, fingerprint)
);
