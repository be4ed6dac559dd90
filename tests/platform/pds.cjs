// A real personal data server with a directory of its own, both in memory and a folder of /tmp.
// node pds.cjs FOLDER PORT: FOLDER holds node_modules with @atproto/pds and @did-plc/server.
const { createRequire } = require('node:module');
const crypto = require('node:crypto');
const fs = require('node:fs');
const os = require('node:os');
const path = require('node:path');

const [folder, port] = process.argv.slice(2);
const from = createRequire(path.join(folder, 'package.json'));
const pds = from('@atproto/pds');
const plc = from('@did-plc/server');
const { Secp256k1Keypair } = from('@atproto/crypto');

async function main() {
  const directory = plc.PlcServer.create({ db: plc.Database.mock(), port: 0 });
  const listener = await directory.start();
  const data = fs.mkdtempSync(path.join(os.tmpdir(), 'pds-'));
  const key = await Secp256k1Keypair.create({ exportable: true });
  const environment = {
    devMode: true,
    port: Number(port),
    hostname: 'localhost',
    dataDirectory: data,
    blobstoreDiskLocation: path.join(data, 'blobs'),
    didPlcUrl: `http://127.0.0.1:${listener.address().port}`,
    serviceHandleDomains: ['.test'],
    jwtSecret: crypto.randomBytes(16).toString('hex'),
    adminPassword: 'admin',
    plcRotationKeyK256PrivateKeyHex: Buffer.from(await key.export()).toString('hex'),
    inviteRequired: false,
    disableSsrfProtection: true,
  };
  const server = await pds.PDS.create(pds.envToCfg(environment), pds.envToSecrets(environment));
  await server.start();
  console.log('ready');
}

main();
