#!/bin/sh
# Makes what has to be secret, once: what is there already stays. Usage: deploy/secrets.sh [FOLDER]
#
# The folder can be entered by its owner only. The files in it can be read by all, because each container runs
# as another user and gets single files of it.
set -eu
folder=${1:-secrets}
umask 022
install -d -m 0700 "$folder"

random() { # so many bytes, in letters that need no quoting in an address
    head -c "$1" /dev/urandom | base64 | tr -d '\n=' | tr '+/' '-_'
}

keep() { # the name of a file, and on standard input what it holds when it is new
    if [ -e "$folder/$1" ]; then
        cat > /dev/null
        return
    fi
    cat > "$folder/$1.new"
    mv "$folder/$1.new" "$folder/$1"
    echo "made $folder/$1"
}

for name in secret_key field_keys audit_seal_key; do random 64 | keep $name; done
for name in postgres_password database_password redis_password; do random 32 | keep $name; done
# Given to you by others; empty where they are not used. tls_certificate: the whole chain, as PEM.
for name in email_password oidc_secret s3_secret_access_key tls_certificate tls_key; do keep $name < /dev/null; done
