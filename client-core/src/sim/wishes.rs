//! What the application wishes. A wish takes effect at once; what follows from it happens when the simulation
//! runs on, so that several wishes may come before the driver looks.

use core::time::Duration;

use serde::Serialize;

use super::Sim;
use crate::{
    config::{Config, Emit},
    error::EmitError,
    output::{AckToken, EmitId, SocketKey},
    wire::{Args, Json},
};

impl Sim {
    /// See [`Client::connect`](crate::Client::connect).
    pub fn connect(&mut self, socket: SocketKey) {
        self.client.connect(socket, self.now);
    }

    /// See [`Client::disconnect`](crate::Client::disconnect).
    pub fn disconnect(&mut self, socket: SocketKey) {
        self.client.disconnect(socket, self.now);
    }

    /// Emits an event without an answer.
    ///
    /// # Panics
    ///
    /// When the client refuses it.
    pub fn emit<T: Serialize + ?Sized>(&mut self, socket: SocketKey, name: &str, data: &T) -> EmitId {
        self.emit_with(socket, name, data, Emit::default()).unwrap_or_else(|_| panic!("{name} was refused"))
    }

    /// Emits an event that asks for an answer.
    ///
    /// # Panics
    ///
    /// When the client refuses it.
    pub fn ask<T: Serialize + ?Sized>(&mut self, socket: SocketKey, name: &str, data: &T) -> EmitId {
        let how = Emit { ack: true, ..Emit::default() };
        self.emit_with(socket, name, data, how).unwrap_or_else(|_| panic!("{name} was refused"))
    }

    /// See [`Client::emit`](crate::Client::emit).
    ///
    /// # Panics
    ///
    /// When `data` cannot be written as JSON.
    pub fn emit_with<T: Serialize + ?Sized>(
        &mut self,
        socket: SocketKey,
        name: &str,
        data: &T,
        how: Emit,
    ) -> Result<EmitId, EmitError<Json>> {
        let args = Args::event(name, data).expect("data that JSON can hold");
        let emit = self.client.emit(socket, args, how, self.now)?;
        self.laws.emitted(emit, how.ack);
        Ok(emit)
    }

    /// See [`Client::ack`](crate::Client::ack).
    ///
    /// # Panics
    ///
    /// When `data` cannot be written as JSON.
    pub fn answer<T: Serialize + ?Sized>(&mut self, token: &AckToken, data: &T) -> bool {
        let args = Args::ack(data).expect("data that JSON can hold");
        self.client.ack(token, args, self.now)
    }

    /// See [`Client::authenticate`](crate::Client::authenticate).
    pub fn authenticate(&mut self, socket: SocketKey, auth: Option<&Args>) {
        self.client.authenticate(socket, auth, self.now);
    }

    /// See [`Client::refuse_auth`](crate::Client::refuse_auth).
    pub fn refuse_auth(&mut self, socket: SocketKey) {
        self.client.refuse_auth(socket, self.now);
    }

    /// See [`Client::reconnect_now`](crate::Client::reconnect_now).
    pub fn reconnect_now(&mut self) {
        self.client.reconnect_now(self.now);
    }

    /// See [`Client::reconnect_in`](crate::Client::reconnect_in).
    pub fn reconnect_in(&mut self, delay: Option<Duration>) {
        self.client.reconnect_in(delay, self.now);
    }

    /// See [`Client::close_engine`](crate::Client::close_engine).
    pub fn close_engine(&mut self) {
        self.client.close_engine(self.now);
    }

    /// See [`Client::drain`](crate::Client::drain).
    pub fn drain(&mut self, within: Duration) {
        self.client.drain(self.now.after(within), self.now);
    }

    /// See [`Client::close`](crate::Client::close).
    pub fn close(&mut self) {
        self.client.close(self.now);
    }

    /// See [`Client::config_mut`](crate::Client::config_mut).
    pub fn config_mut(&mut self) -> &mut Config {
        self.client.config_mut()
    }

    /// See [`Client::report_outgoing`](crate::Client::report_outgoing).
    pub fn report_outgoing(&mut self, socket: SocketKey, on: bool) {
        self.client.report_outgoing(socket, on);
    }
}
