/** The doctor: its findings on machines that are not there, and as a process on this one. */
package dev.lanewise.suite.doctor;
