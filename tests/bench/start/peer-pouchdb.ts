export { default } from 'pouchdb';
