/** Data sets: files give what was written into them, or an error that says where and why not. */
package dev.lanewise.suite.learn.data;
