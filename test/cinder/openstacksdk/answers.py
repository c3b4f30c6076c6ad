"""Says what openstacksdk makes of clouds.yaml files: one JSON list of entries comes in, one list of answers goes out."""
import gc
import json
import os
import sys
import warnings

import openstack
from openstack.config.loader import OpenStackConfig


def text(path):
    with open(path) as file:
        return file.read()


def certificates(region):
    verify, cert = region.get_requests_verify_args()
    cert, key = cert if isinstance(cert, tuple) else (cert, cert)
    return {
        'verify': text(verify) if isinstance(verify, str) else bool(verify),
        'cert': text(cert) if cert else None,
        'key': text(key) if key else None,
    }


def answer(entry):
    for name in [name for name in os.environ if name.startswith('OS_')]:
        del os.environ[name]
    os.environ.update(entry['env'])
    folder = os.environ['HOME'] = entry['folder']
    os.chdir(folder)
    config = OpenStackConfig(
        config_files=[os.path.join(folder, name) for name in ('clouds.yaml', 'clouds.json')],
        secure_files=[os.path.join(folder, 'secure.yaml')],
        vendor_files=[os.path.join(folder, 'clouds-public.yaml')],
    )
    chosen = {'region_name': entry['region']} if entry.get('region') else {}
    region = config.get_one(cloud=entry.get('cloud'), **chosen)
    interface = region.get_interface('block-storage')
    result = {
        'authUrl': region.config['auth'].get('auth_url'),
        'region': region.get_region_name('block-storage') or None,
        'interfaces': interface if isinstance(interface, list) else [interface],
        **certificates(region),
    }
    if not entry.get('offline'):
        openstack.connection.Connection(config=region).block_storage.get('/volumes')
    return result


def safely(entry):
    try:
        return answer(entry)
    except Exception as error:  # every failure is an answer
        return {'error': f'{type(error).__name__}: {error}'}


gc.disable()  # what a few hundred clouds take is less than the time to look through it
warnings.simplefilter('ignore')
json.dump([safely(entry) for entry in json.load(sys.stdin)], sys.stdout)
