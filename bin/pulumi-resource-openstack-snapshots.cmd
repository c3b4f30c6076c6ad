@echo off
node "%~dp0pulumi-resource-openstack-snapshots" %*
