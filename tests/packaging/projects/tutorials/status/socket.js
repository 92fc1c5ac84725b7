import { io } from 'CLIENT';

const SERVER_URL = 'http://localhost:3000';

export const socket = io(SERVER_URL, {
  autoConnect: false, // Don't connect until we explicitly call connect()
  auth: {
    token: localStorage.getItem('jwt') // Send auth token on connection
  }
});
